"""Drafts: two people, the very text, nothing that moved under it; what is published holds from its day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest

from checklists.authoring.loader import DefinitionError
from checklists.authoring.revision import Change, Reading, as_text
from checklists.definitions.definition import Definitions
from checklists.definitions.publication import from_published, publish
from checklists.goods.listing import load_tables
from checklists.law.model import rows_on
from server import publishing
from server.cases.casefile import Actor
from server.office import Office
from server.store import drafts, packages, trial_runs
from server.store.draft_models import DefinitionDraft, DraftStep
from server.store.drafts import DraftError
from server.store.office_models import Audit, User
from server.trials.runner import TrialRunner
from tests.loaded import load_all

AUTHOR, REVIEWER = Actor("zhou", "周法制", "law_admin", "T"), Actor("lead", "李队长", "leader", "T")
SECOND = Actor("wen", "文法制", "law_admin", "T")
TEXT = {"zh": "罐体完好，无渗漏", "en": "Tank sound, no leak"}


BOTH = pytest.mark.parametrize("database", ["sqlite", "postgres"], indirect=True)


@pytest.fixture
def database(request: pytest.FixtureRequest) -> str:
    """SQLite, and PostgreSQL where a test asks for BOTH: what most tests hold to is no matter of the engine."""
    asked = getattr(request, "param", "sqlite")
    return "" if asked == "sqlite" else str(request.getfixturevalue("emptied_postgres_database"))


@pytest.fixture
def furnished(office: Office) -> Office:
    content, reference = publish(load_all()), load_tables().to_plain()

    def job() -> None:
        packages.publish(office.key, "definitions", content)
        packages.publish(office.key, "reference", reference)
        User.create(login="lead", name="lead", role="leader", agency="T", password="", made_at="2026-01-01")

    office.store.write_now(job)
    return office


def day(ahead: int = 10) -> str:
    return (drafts.today() + timedelta(days=ahead)).isoformat()


def write(office: Office, job: Callable[[], Any]) -> Any:
    return office.store.write_now(job)


def refused(office: Office, job: Callable[[], Any]) -> tuple[str, ...]:
    with pytest.raises(DraftError) as found:
        write(office, job)
    return found.value.codes


def item(**changes: Any) -> Change:
    return Change("item", "TNK-05", {**as_text(drafts.base().checklists["cn-joint"].item("TNK-05")), **changes})


def row(**changes: Any) -> Change:
    rows = rows_on(drafts.base().violations, "CN-LOD-06", drafts.today())
    held = next(one for one in rows if one.applies_when == {"hazchem": ("yes",)})
    return Change("violation", "CN-LOD-06", {**as_text(held), **changes})


def begun(office: Office, *changes: Change, ahead: int = 10, author: Actor = AUTHOR) -> DefinitionDraft:
    id_ = write(office, lambda: drafts.create("罐体检查项改写", day(ahead), author))
    return write(office, lambda: drafts.save(id_, 1, author, put=changes))


def approved(office: Office, *changes: Change, ahead: int = 10) -> DefinitionDraft:
    draft = begun(office, *changes, ahead=ahead)
    write(office, lambda: drafts.submit(draft.id, draft.digest, AUTHOR))
    write(office, lambda: trial_runs.ask(draft.id, 50, REVIEWER))
    assert TrialRunner(office).once()
    return write(office, lambda: drafts.approve(draft.id, draft.digest, REVIEWER))


def in_package() -> Definitions:
    last = packages.latest("definitions")
    assert last is not None
    return from_published(packages.content(last))


def text_now() -> Any:
    return in_package().checklists["cn-joint"].item("TNK-05").text  # type: ignore[union-attr]


@BOTH
def test_two_people_and_the_text_is_in_the_package_from_its_day_on(
    furnished: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    was = text_now()
    draft = approved(furnished, item(text=TEXT))
    publishing.publish_draft(furnished, draft.id, draft.digest, AUTHOR)
    assert text_now() == was and publishing.put_due(furnished) == 0, "its day has not come"
    later = date.fromisoformat(str(draft.day))
    monkeypatch.setattr(drafts, "today", lambda: later)
    assert publishing.put_due(furnished) == 1 and publishing.put_due(furnished) == 0
    assert text_now() == TEXT
    sent = drafts.over_of(drafts.draft_of(draft.id))  # type: ignore[arg-type]
    assert sent is not None and sent["TNK-05"]["text"] == was, "what it took the place of stays to be read"
    held = in_package().checklists["cn-joint"]
    assert held.version.endswith(f"-{draft.id}") and held.effective_from == later
    acts = [str(one.act) for one in drafts.steps(int(draft.id))][::-1]
    assert acts == ["create", "write", "submit", "approve", "publish", "put"]
    assert {str(one.action) for one in Audit.select()} >= {"draft.submit", "draft.approve", "draft.publish"}
    assert DraftStep.get(DraftStep.act == "approve").content == draft.content


def test_rows_of_law_are_with_the_tablets_before_their_day(furnished: Office) -> None:
    draft = approved(furnished, row(points="6"))
    publishing.publish_draft(furnished, draft.id, draft.digest, AUTHOR)
    load = {"hazchem": ("yes",)}
    rows = [one for one in in_package().violations if one.code == "CN-LOD-06" and one.applies_when == load]
    assert [one.points for one in rows][-1] == "6" and str(rows[-1].effective_from) == draft.day
    assert rows[-2].effective_to == date.fromisoformat(str(draft.day)) - timedelta(days=1)


def test_who_wrote_in_it_does_not_approve_it_by_login_or_by_name(furnished: Office) -> None:
    draft = begun(furnished, item(text=TEXT))
    draft = write(furnished, lambda: drafts.save(draft.id, draft.version, SECOND, title="另一题目"))
    write(furnished, lambda: drafts.submit(draft.id, draft.digest, AUTHOR))
    for who in (AUTHOR, SECOND, Actor("zhou2", "周法制", "leader", "T")):
        assert refused(furnished, lambda who=who: drafts.approve(draft.id, draft.digest, who)) == ("draft_four_eyes",)
    for who in (Actor("h", "h", "handler", "T"), Actor("s", "s", "system_admin")):
        assert refused(furnished, lambda who=who: drafts.approve(draft.id, draft.digest, who)) == ("draft_role",)
    assert write(furnished, lambda: drafts.approve(draft.id, draft.digest, REVIEWER)).state == "approved"


def test_what_is_published_is_the_very_text_that_was_approved(furnished: Office) -> None:
    draft = approved(furnished, item(text=TEXT))
    with pytest.raises(DraftError, match="draft_other"):
        publishing.publish_draft(furnished, draft.id, "0" * 64, AUTHOR)
    with pytest.raises(DraftError, match="draft_role"):
        publishing.publish_draft(furnished, draft.id, draft.digest, REVIEWER)
    meddled = str(draft.content).replace("无渗漏", "有渗漏")
    write(furnished, lambda: DefinitionDraft.update(content=meddled).where(DefinitionDraft.id == draft.id).execute())
    with pytest.raises(DraftError, match="draft_other"):
        publishing.publish_draft(furnished, draft.id, draft.digest, AUTHOR)


def test_an_approval_by_its_author_is_worth_nothing_even_in_the_store(furnished: Office) -> None:
    draft = begun(furnished, item(text=TEXT))
    write(furnished, lambda: drafts.submit(draft.id, draft.digest, AUTHOR))
    write(furnished, lambda: trial_runs.ask(draft.id, 50, REVIEWER))
    TrialRunner(furnished).once()

    def forge() -> None:
        told = {"state": "approved", "approved_digest": draft.digest}
        DefinitionDraft.update(**told).where(DefinitionDraft.id == draft.id).execute()

    write(furnished, forge)
    with pytest.raises(DraftError, match="draft_four_eyes"):
        publishing.publish_draft(furnished, draft.id, draft.digest, AUTHOR)


def test_a_text_that_was_not_tried_is_not_published(furnished: Office) -> None:
    draft = begun(furnished, item(text=TEXT))
    write(furnished, lambda: drafts.submit(draft.id, draft.digest, AUTHOR))
    write(furnished, lambda: drafts.approve(draft.id, draft.digest, REVIEWER))
    with pytest.raises(DraftError, match="draft_untried"):
        publishing.publish_draft(furnished, draft.id, draft.digest, AUTHOR)


def test_mistakes_stay_with_the_draft_and_keep_it_from_the_reviewer(furnished: Office) -> None:
    draft = begun(furnished, item(severity="IV", agency=["Q"]))
    assert '"field":"severity"' in str(draft.faults) and '"field":"agency"' in str(draft.faults)
    assert refused(furnished, lambda: drafts.submit(draft.id, draft.digest, AUTHOR)) == ("draft_faults",)
    assert refused(furnished, lambda: trial_runs.ask(draft.id, 50, AUTHOR)) == ("draft_faults",)
    mended = write(furnished, lambda: drafts.save(draft.id, draft.version, AUTHOR, put=[item(text=TEXT)]))
    assert mended.faults == "[]"


@BOTH
def test_two_who_save_at_once_do_not_lose_each_others_words(furnished: Office) -> None:
    draft = begun(furnished, item(text=TEXT))
    write(furnished, lambda: drafts.save(draft.id, draft.version, SECOND, title="乙的题目"))
    stale = int(draft.version)
    assert refused(furnished, lambda: drafts.save(draft.id, stale, AUTHOR, title="甲的题目")) == ("draft_moved",)


def test_nobody_has_read_a_clause_tomorrow(furnished: Office) -> None:
    draft = begun(furnished, item(text=TEXT))
    read = Reading("hazchem-law", "2025-12-27", "67¶1–2", "周法制", day(1), "flk.npc.gov.cn")
    save = partial(drafts.save, draft.id, draft.version, AUTHOR, readings=[read])
    assert refused(furnished, save) == ("draft_reading",)


@pytest.mark.parametrize(
    ("title", "told", "codes"),
    [
        ("x", "", ("draft_title",)),
        ("好的题目", "2020-01-01", ("draft_day",)),
        ("好的题目", "nonsense", ("draft_day",)),
        ("题" * 121, "2999-01-01", ("draft_title", "draft_day")),
    ],
)
def test_a_draft_needs_a_title_and_a_day_to_come(
    furnished: Office, title: str, told: str, codes: tuple[str, ...]
) -> None:
    assert refused(furnished, lambda: drafts.create(title, told or day(), AUTHOR)) == codes


def test_sent_back_with_a_reason_it_is_written_and_approved_anew(furnished: Office) -> None:
    draft = approved(furnished, item(text=TEXT))
    assert refused(furnished, lambda: drafts.send_back(draft.id, draft.digest, " ", REVIEWER)) == ("draft_reason",)
    back = write(furnished, lambda: drafts.send_back(draft.id, draft.digest, "依据写错", REVIEWER))
    assert (back.state, back.approved_digest) == ("writing", "")
    assert drafts.steps(int(draft.id))[0].why == "依据写错"
    with pytest.raises(DraftError, match="draft_state"):
        publishing.publish_draft(furnished, draft.id, draft.digest, AUTHOR)


def test_what_moved_under_a_draft_has_to_be_read_again(furnished: Office) -> None:
    first, second = approved(furnished, item(text=TEXT), ahead=0), begun(furnished, item(severity="I"))
    write(furnished, lambda: drafts.submit(second.id, second.digest, AUTHOR))
    publishing.publish_draft(furnished, first.id, first.digest, AUTHOR)
    assert text_now() == TEXT, "its day is today"
    assert refused(furnished, lambda: drafts.approve(second.id, second.digest, REVIEWER)) == ("draft_base",)


def test_an_item_that_waits_for_its_day_is_not_changed_by_another_draft(furnished: Office) -> None:
    first, second = approved(furnished, item(text=TEXT)), begun(furnished, item(severity="I"))
    publishing.publish_draft(furnished, first.id, first.digest, AUTHOR)
    assert refused(furnished, lambda: drafts.submit(second.id, second.digest, AUTHOR)) == ("draft_waits",)


def test_a_publication_of_the_product_keeps_what_the_office_wrote(
    furnished: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing, "load_all", load_all)
    draft = approved(furnished, item(text=TEXT), row(points="6"), ahead=0)
    publishing.publish_draft(furnished, draft.id, draft.digest, AUTHOR)
    held = packages.latest("definitions")
    publishing.publish_all(furnished)
    assert packages.latest("definitions").digest == held.digest  # type: ignore[union-attr]
    write(furnished, lambda: drafts.end(draft.id, "产品已收录", AUTHOR))
    publishing.publish_all(furnished)
    assert text_now() != TEXT


def test_the_number_of_an_item_that_is_gone_is_not_used_again(
    furnished: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing, "load_all", load_all)
    checklist = drafts.base().checklists["cn-joint"]
    value = {**as_text(checklist.item("TNK-05")), "id": "TNK-91", "basis": [{"law": "hazchem-law", "version": ""}]}
    new = Change("item", "TNK-91", value, "cn-joint", checklist.sections[0].id)
    first = approved(furnished, new, ahead=0)
    publishing.publish_draft(furnished, first.id, first.digest, AUTHOR)
    write(furnished, lambda: drafts.end(first.id, "不再需要", AUTHOR))
    publishing.publish_all(furnished)
    second = begun(furnished, new)
    assert refused(furnished, lambda: drafts.submit(second.id, second.digest, AUTHOR)) == ("draft_used",)


def test_a_product_that_brings_the_same_row_says_which_drafts_are_in_the_way(
    furnished: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = approved(furnished, row(points="6"))
    publishing.publish_draft(furnished, draft.id, draft.digest, AUTHOR)
    newer = drafts.base()
    monkeypatch.setattr(publishing, "load_all", lambda: newer)
    with pytest.raises(DefinitionError, match=rf"published \({draft.id}\) no longer fit"):
        publishing.publish_all(furnished)


@BOTH
def test_a_trial_is_of_the_text_at_its_time_and_can_be_stopped(furnished: Office) -> None:
    draft = begun(furnished, item(text=TEXT))
    assert refused(furnished, lambda: trial_runs.ask(draft.id, 7, AUTHOR)) == ("trial_size",)
    run = write(furnished, lambda: trial_runs.ask(draft.id, 50, AUTHOR))
    assert refused(furnished, lambda: trial_runs.ask(draft.id, 50, AUTHOR)) == ("trial_running",)
    assert write(furnished, lambda: trial_runs.stop(run, AUTHOR))
    assert not TrialRunner(furnished).once() and not drafts.tried(draft)
    write(furnished, lambda: trial_runs.ask(draft.id, 50, REVIEWER))
    assert TrialRunner(furnished).once() and drafts.tried(draft)
    later = write(furnished, lambda: drafts.save(draft.id, draft.version, AUTHOR, put=[item(severity="I")]))
    assert not drafts.tried(later)


@BOTH
def test_a_trial_of_which_nobody_heard_is_taken_up_again_and_given_up_at_last(furnished: Office) -> None:
    draft = begun(furnished, item(text=TEXT))
    run = write(furnished, lambda: trial_runs.ask(draft.id, 50, AUTHOR))
    for _time in range(trial_runs.MOST_TRIES):
        assert write(furnished, lambda: trial_runs.claim("dead", stale_seconds=-5)) is not None
    assert write(furnished, lambda: trial_runs.claim("next", stale_seconds=-5)) is None
    assert trial_runs.by_id(run).state == "failed"  # type: ignore[union-attr]


def test_before_anything_is_published_there_is_nothing_to_draft(office: Office) -> None:
    assert refused(office, lambda: drafts.create("好的题目", day(), AUTHOR)) == ("draft_no_package",)
