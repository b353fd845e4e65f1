"""R20: the satellite terminal is asked about only where the platform gave its data."""

import pytest

FRESH, LATE = "2026-11-21T09:20:00+08:00", "2026-11-21T09:19:59+08:00"


@pytest.mark.parametrize(
    ("terminal", "found"),
    [
        (None, []),
        ({"online": "false"}, [("terminal_offline", "conflict")]),
        ({"online": "true", "last_fix_at": FRESH}, [("terminal_silent", "consistent")]),
        ({"online": "true", "last_fix_at": LATE}, [("terminal_silent", "conflict")]),
        ({"last_fix_at": LATE}, [("terminal_silent", "conflict")]),
        ({"online": "true"}, [("terminal_silent", "cannot_tell")]),
        ({"last_fix_at": FRESH}, [("terminal_silent", "cannot_tell")]),
        ({"online": "true", "last_fix_at": "2026-11-22T09:20:00+08:00"}, [("terminal_silent", "cannot_tell")]),
    ],
)
def test_on_line_and_heard_of_within_ten_minutes(verdicts, terminal, found):
    assert verdicts("R20", terminal=terminal) == found


def test_an_old_answer_of_the_platform_says_nothing_of_now(verdicts):
    sources = {"terminal": {"kind": "platform", "as_of": "2026-11-21T06:00:00+08:00"}}
    terminal = {"online": "true", "last_fix_at": "2026-11-21T05:58:00+08:00"}
    assert verdicts("R20", terminal=terminal, sources=sources) == [("terminal_silent", "stale")]
