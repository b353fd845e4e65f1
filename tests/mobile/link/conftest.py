import pytest

from mobile.link import enrolment
from mobile.store import store
from tests.mobile.fake_office import FakeOffice, serving
from tests.mobile.field import opened


@pytest.fixture
def office():
    with serving(FakeOffice()) as office:
        yield office


@pytest.fixture
def tablet(tmp_path, office):
    held = opened(tmp_path)
    enrolment.keep(held, enrolment.enrol(office.url, "12345678", "平板一", app="test"))
    office.requests.clear()
    yield held
    store.release(held)
