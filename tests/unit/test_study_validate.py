"""The validation table is the same in a second process, and is had without one."""

import subprocess

from detente.study.validate import beside, by_engine, rows


def test_a_second_process_gives_the_same_rows():
    here = by_engine()
    with beside() as published:
        assert published() == here
    assert sum(map(len, here.values())) == len(rows())


def test_without_a_second_process_they_are_computed_here(monkeypatch):
    def refused(*_args, **_more):
        raise OSError("no more processes")

    monkeypatch.setattr(subprocess, "Popen", refused)
    with beside() as published:
        assert published is by_engine


def test_leaving_early_ends_the_second_process():
    with beside() as published:
        process = published.__closure__[0].cell_contents
    assert process.poll() is not None
