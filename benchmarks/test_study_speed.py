"""A draw against a whole run: what splitting geometry from arithmetic saves; and the memory that a briefing takes."""

import subprocess
import sys
import time

from detente import load, run


def test_a_draw_costs_a_fraction_of_a_run(benchmark):
    scenario = load("genoa-2001")
    run(scenario, samples=0)

    def once(samples):
        started = time.process_time()
        run(scenario, cases=["us-framework"], samples=samples)
        return time.process_time() - started

    whole = min(once(0) for _ in range(3))
    many = benchmark.pedantic(once, args=(64,), rounds=1)
    draw = (many - whole) / 64
    benchmark.extra_info["ratio_run_to_draw"] = whole / draw
    print(
        f"\none run {whole:.2f} s, one draw with its share of the drivers {draw * 1e3:.1f} ms: {whole / draw:.0f} to 1"
    )
    assert whole / draw > 5


def test_memory_of_a_briefing(benchmark, tmp_path):
    def brief():
        code = (
            "import resource, sys\nfrom detente.briefing.brief import brief\n"
            f"brief('genoa-2001', {str(tmp_path / 'out')!r})\n"
            "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
        )
        return int(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)

    peak = benchmark.pedantic(brief, rounds=1)
    empty = int(
        subprocess.run(
            [sys.executable, "-c", "import resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    )
    benchmark.extra_info["peak_mb"] = peak / 1024
    print(f"\npeak memory of a briefing {peak / 1024:.0f} MB, {peak / empty:.0f} times an empty interpreter")
    assert peak / 1024 < 1024
