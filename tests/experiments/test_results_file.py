"""experiments/results_file.py: what is committed is what the scripts would write of it."""

import doctest
import json

import pytest
import results_file


@pytest.mark.parametrize(
    "name, depth",
    [
        ("every_library", 4),
        ("more_pools", 5),
        ("parts_of_a_pool", 2),
        ("parts_of_a_pool_again", 2),
        ("step_costs", 2),
        ("what_shifts_change", 2),
        ("torch_to_tensorflow", 2),
        ("undoing_a_pool", 2),
    ],
)
def test_a_file_read_and_written_is_the_same_to_the_byte(name, depth, tmp_path):
    stored = (results_file.RESULTS / f"{name}.json").read_bytes()
    results_file.write_lines(tmp_path / "again.json", json.loads(stored), depth)
    assert (tmp_path / "again.json").read_bytes() == stored


def test_the_example():
    assert doctest.testmod(results_file).failed == 0
