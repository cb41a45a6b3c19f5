"""Joint Data Exchange Center: that both sides exchange launch data, what they pass on, and to whom."""

from __future__ import annotations

from collections.abc import Iterator

from detente.treaties.facts import Facts
from detente.treaties.rule import Finding, Law, rule

_FIELDS = {
    "launch_time": "launch time",
    "launch_area": "launch point",
    "azimuth": "rough direction",
    "impact_area": "impact point",
    "impact_time": "impact time",
}
"""Fields of a release, with what the official called them."""


@rule("1(1)")
def exchange(law: Law, facts: Facts) -> Iterator[Finding]:
    """Exchange data on launches from the warning systems of both sides."""
    sharing = facts.case.sharing
    members = {law.party(name) for name in sharing.between} if sharing else set()
    for party in law.agreement.parties:
        release = sharing.releases.get(_name(law, facts, party)) if sharing else None
        if party in members and release and release.tells:
            said = "passes data on launches to the other side"
            yield law.find("1(1)", "complies", party=party, subject=f"warning data of {party}", because=said)
        else:
            said = "passes nothing from its warning systems to the other side"
            yield law.find("1(1)", "breaks", party=party, subject=f"warning data of {party}", because=said)


@rule("Data")
def data(law: Law, facts: Facts) -> Iterator[Finding]:
    """Pass on launch time and point, rough direction, impact point and time."""
    sharing = facts.case.sharing
    for party in law.agreement.parties if sharing else ():
        release = sharing.releases.get(_name(law, facts, party)) if sharing else None
        if release is None or not release.tells:
            continue
        left_out = [said for field, said in _FIELDS.items() if not getattr(release, field)]
        subject = f"warning data of {party}"
        if left_out:
            yield law.find(
                "Data", "breaks", party=party, subject=subject, because=f"does not pass on: {', '.join(left_out)}"
            )
        else:
            yield law.find(
                "Data", "complies", party=party, subject=subject, because=f"passes on {', '.join(_FIELDS.values())}"
            )
        if release.track:
            said = "a measured track goes beyond what the memorandum speaks of"
            yield law.find("Data", "silent", party=party, subject=f"tracks of {party}", because=said)


@rule("Third parties")
def third_parties(law: Law, facts: Facts) -> Iterator[Finding]:
    """Give no data to third parties without the consent of both sides."""
    for name in facts.case.sharing.between if facts.case.sharing else ():
        if law.party(name) is None:
            said = f"{name} takes part in the exchange, which both sides have to consent to"
            yield law.find("Third parties", "consent needed", party="all", subject=f"data to {name}", because=said)


def _name(law: Law, facts: Facts, party: str) -> str:
    """Return the name that the exchange of a case has for a party."""
    between = facts.case.sharing.between if facts.case.sharing else ()
    return next((name for name in between if law.party(name) == party), party)


RULES = (exchange, data, third_parties)
"""Every rule of the memorandum."""
