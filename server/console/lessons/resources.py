"""The addresses of lesson packs: the list, a draft that is written, and the second person's word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import falcon
import falcon.asgi
from falcon.asgi import Request, Response

from checklists.definitions.lesson import Lesson
from server import publishing
from server.console.education.resources import actor
from server.console.frame import SAID, Console, Form, saying
from server.console.lessons import form as forms
from server.console.lessons.form import Fault
from server.console.posted import Posted
from server.console.visitor import Visitor
from server.refusals import Refused
from server.rights import has, may
from server.store import case_rows, lesson_drafts
from server.store.education_models import LessonDraft
from server.store.lesson_drafts import STATES, DraftError

ADDRESS = "/console/lessons"


def _(words: str) -> str:
    return words


SAID.update(
    lesson_saved=_("The draft is kept."),
    lesson_proposed=_("The pack is proposed; a second person looks at it."),
    lesson_out=_("The pack is published; tablets pull it with their next connection."),
    lesson_back=_("The pack is a draft again."),
)


@dataclass(frozen=True)
class DraftPage:
    """A draft: what stands in its fields, what is wrong with it, and what the reader may do."""

    row: LessonDraft
    here: str
    fields: Mapping[str, str]
    places: Mapping[str, int]
    names: Mapping[str, str]
    writes: bool
    decides: bool
    lesson: Lesson | None
    faults: Sequence[Fault] = field(default_factory=tuple)


def mount(app: falcon.asgi.App[Request, Response], console: Console) -> None:
    """Add the addresses."""
    app.add_route(ADDRESS, Lessons(console))
    app.add_route(ADDRESS + "/{draft}", Draft(console))
    app.add_route(ADDRESS + "/{draft}/do/{act}", Act(console))


class _Pages(Form):
    """What the addresses share."""

    roles = may("lessons")

    async def held(self, draft: str) -> LessonDraft:
        """Return a draft. Raises Refused not_found."""
        row = await self.store.read(lesson_drafts.by_id, draft)
        if row is None:
            raise Refused("not_found")
        return row

    def items(self) -> frozenset[str]:
        """Return the items that a question may be about."""
        checklists = self.console.knowledge.definitions().checklists.values()
        return frozenset(item.id for one in checklists for item in one.items())

    async def draw(
        self, req: Request, resp: Response, who: Visitor, row: LessonDraft,
        fields: Mapping[str, str] | None = None, faults: Sequence[Fault] = (),
    ) -> None:  # fmt: skip
        """Draw a draft, with what was typed where that was not taken."""
        told = lesson_drafts.fields_of(row) if fields is None else fields
        whole = not forms.faults(told, await self.store.read(self.items))
        authors = lesson_drafts.authors_of(row) | {str(row.proposed_by)}
        page = DraftPage(
            row=row,
            here=f"{ADDRESS}/{row.id}",
            fields=told,
            places=forms.shown(told),
            names=await self.store.read(case_rows.names, authors | {str(row.made_by), str(row.decided_by)}),
            writes=has(who.role, "lessons_write") and row.state == "draft",
            decides=has(who.role, "lessons_approve") and row.state == "proposed" and who.login not in authors,
            lesson=forms.lesson(told, str(row.lesson), str(row.version)) if whole else None,
            faults=faults,
        )
        tables = {"states": STATES, "longest": forms.LONGEST, "statements": forms.MOST_STATEMENTS}
        self.console.draw(req, resp, "lessons/draft.html", who, page=page, options=forms.MOST_OPTIONS, **tables)


class Lessons(_Pages):
    """`/console/lessons`: the packs that tablets have, and those that are being written."""

    async def show(self, req: Request, resp: Response, who: Visitor, **_path: str) -> None:
        """Show them."""
        drafts = await self.store.read(lesson_drafts.listing)
        packs = (await self.store.read(self.console.knowledge.definitions)).lessons
        names = await self.store.read(case_rows.names, {str(one.made_by) for one in drafts})
        titles = {int(one.id): lesson_drafts.fields_of(one).get("title", "") for one in drafts}
        told = {"packs": packs, "drafts": drafts, "names": names, "titles": titles, "states": STATES}
        self.console.draw(req, resp, "lessons/list.html", who, writes=has(who.role, "lessons_write"), **told)

    async def take(self, req: Request, resp: Response, who: Visitor, form: Posted, **_path: str) -> str | None:
        """Begin a pack, or a new version of one. Raises Refused role_may_not, not_found."""
        if not has(who.role, "lessons_write"):
            raise Refused("role_may_not")
        of = await self.held(form.get("of")) if form.get("of") else None
        made = await self.store.write(lambda: lesson_drafts.begin(actor(who), of))
        return f"{ADDRESS}/{made.id}"


class Draft(_Pages):
    """`/console/lessons/{draft}`: the form of a draft, or the pack to read."""

    async def show(self, req: Request, resp: Response, who: Visitor, draft: str = "", **_path: str) -> None:
        """Show it."""
        await self.draw(req, resp, who, await self.held(draft))

    async def take(
        self, req: Request, resp: Response, who: Visitor, form: Posted, draft: str = "", **_path: str
    ) -> str | None:
        """Keep what was typed, and propose it where that is asked. Raises Refused role_may_not, not_found."""
        if not has(who.role, "lessons_write"):
            raise Refused("role_may_not")
        row, fields, edited = await self.held(draft), forms.kept(form.fields), form.get("edited")
        faults = forms.faults(fields, await self.store.read(self.items)) if form.get("propose") else []

        def job() -> None:
            lesson_drafts.save(actor(who), row, fields, edited)
            if form.get("propose") and not faults:
                held = LessonDraft.get_by_id(row.id)
                lesson_drafts.propose(actor(who), held, str(held.edited))

        try:
            await self.store.write(job)
        except DraftError as wrong:
            faults = [Fault(wrong.words)]
        if faults:
            resp.status = falcon.HTTP_422
            await self.draw(req, resp, who, await self.held(draft), fields, faults)
            return None
        return saying(f"{ADDRESS}/{draft}", "lesson_proposed" if form.get("propose") else "lesson_saved")


class Act(_Pages):
    """`/console/lessons/{draft}/do/{act}`: a second person lets a pack out, or gives it back."""

    roles = may("lessons_approve")

    async def take(
        self, req: Request, resp: Response, who: Visitor, form: Posted, draft: str = "", act: str = "", **_path: str
    ) -> str | None:
        """Do it; why it cannot be stands at the head of the page. Raises Refused not_found."""
        row, me = await self.held(draft), actor(who)
        if act not in ("publish", "back"):
            raise Refused("not_found")
        office = self.console.office
        try:
            if act == "back":
                await self.store.write(lambda: lesson_drafts.send_back(me, row, form.get("why")))
            else:
                fields = lesson_drafts.fields_of(row)
                made = forms.lesson(fields, str(row.lesson), lesson_drafts.version_of(row))
                await self.store.write(lambda: publishing.publish_lesson(office, row, made, me))
        except DraftError as wrong:
            resp.status = falcon.HTTP_422
            await self.draw(req, resp, who, await self.held(draft), None, [Fault(wrong.words)])
            return None
        return saying(f"{ADDRESS}/{draft}", "lesson_out" if act == "publish" else "lesson_back")
