"""What practice works with is the law and the tables of today: both are packed again whenever they change."""

import gzip
import json

import pytest

from tools.build_practice import FOLDER, packages


@pytest.mark.parametrize("name", ["definitions", "reference"])
def test_the_packed_data_are_those_of_the_source(name):
    packed = json.loads(gzip.decompress((FOLDER / f"{name}.json.gz").read_bytes()))
    assert packed == json.loads(json.dumps(packages()[name])), "run python -m tools.build_practice"
