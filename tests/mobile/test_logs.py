"""Nothing of a person or a vehicle stands in the tablet's log, whatever fails over it."""

import io
import logging
import sys
import threading

import pytest

from mobile import logs
from mobile.inspecting import acts
from mobile.link.background import apart
from mobile.refusals import Refusal
from mobile.screens.shared.trouble import trouble_words
from tests.mobile import tablet

NAME, NUMBER, PLATE = "张标记", "150624199001010011", "蒙K99M99"
MARKED = (NAME, NUMBER, PLATE, "99M99", "19900101")


@pytest.fixture
def log(monkeypatch):
    """All that the log says, as plain Python and as Kivy would write it; the hooks are put back."""
    from kivy.logger import KivyFormatter

    hooks = (sys.excepthook, sys.unraisablehook, threading.excepthook, logging.getLogRecordFactory())
    said, handlers = io.StringIO(), []
    for formatter in (logging.Formatter("%(name)s %(message)s"), KivyFormatter("%(message)s", use_color=False)):
        handler = logging.StreamHandler(said)
        handler.setFormatter(formatter)
        logging.getLogger().addHandler(handler)
        handlers.append(handler)
    logs.set_up()
    yield said
    sys.excepthook, sys.unraisablehook, threading.excepthook = hooks[:3]
    logging.setLogRecordFactory(hooks[3])
    for handler in handlers:
        logging.getLogger().removeHandler(handler)


def clean(log):
    """Whether something was logged and nobody is named in it."""
    text = log.getvalue()
    return bool(text) and not [one for one in MARKED if one in text]


def failing():
    """What a reader of facts does when one has another shape than it should."""
    held = {"driver": {"name": NAME, "id_number": NUMBER}}
    try:
        return {"蒙": 1}[PLATE]
    except KeyError as problem:
        raise ValueError(f"not a mapping: {held!r}") from problem


def test_the_marks_would_be_found(log):
    logging.getLogger("mobile").warning("%s", NAME)
    assert not clean(log)


def test_a_job_that_fails_over_a_fact_names_nobody(log):
    found = []
    apart(failing, found.append, lambda act: act()).join()
    assert clean(log)
    assert (found[0].code, found[0].detail) == ("job_failed", "ValueError")
    assert not [one for one in MARKED if one in str(found[0]) + trouble_words(found[0])]


def test_the_trace_still_says_what_failed_and_where(log):
    apart(failing, lambda _found: None, lambda act: act()).join()
    text = log.getvalue()
    assert "KeyError" in text and "ValueError" in text and "in failing" in text
    assert "tests/mobile/test_logs.py:" in text and "mobile/link/background.py:" in text


@pytest.mark.parametrize("item", ["vehicle", "driver", "waybill", "transport_permit"])
def test_a_fact_of_a_wrong_shape_fails_over_nobodys_name(log, tmp_path, item):
    desk, _screens = tablet.shown(tablet.made(tmp_path))
    desk.unlock("officer-1", tablet.PIN)
    desk.begin()
    shape = [{"name": NAME, "id_number": [NUMBER]}, {"plate": {PLATE: NAME}}, f"{NAME} {NUMBER} {PLATE}"]

    def work():
        desk.put([acts.fact("vehicle.plate", PLATE, "officer"), *(acts.fact(item, one, "officer") for one in shape)])
        assert desk.held.assessment is not None
        raise LookupError(desk.held.entries)

    apart(work, lambda _found: None, lambda act: act()).join()
    desk.close()
    assert clean(log)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_what_nobody_caught_is_logged_without_values(log):
    try:
        failing()
    except ValueError as problem:
        sys.excepthook(type(problem), problem, problem.__traceback__)
    assert clean(log)
    thread = threading.Thread(target=failing)
    thread.start()
    thread.join()
    assert clean(log) and log.getvalue().count("ValueError") == 4


def test_a_refusal_is_logged_by_its_code_and_a_system_error_by_its_number():
    assert logs.trace(Refusal("disk_full", f"/data/{PLATE}")).endswith("Refusal disk_full")
    assert logs.trace(OSError(28, "No space", f"/data/{PLATE}")) == "OSError ENOSPC"


def test_an_exception_that_causes_itself_has_an_end():
    first, second = ValueError(NAME), KeyError(NAME)
    first.__context__, second.__context__ = second, first
    assert logs.trace(first) == "KeyError\nValueError"
