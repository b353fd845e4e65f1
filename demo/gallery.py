"""`make screens`: every screen, by day and night, in both languages, on every size, into `build/screens/`.

The story is played once on each device, then the scenes beside it; at each stop the same state is shown in every light
and language. The console's pages are added. With `--docs` the chosen few are written, small, into `docs/screens/`;
`python -m demo.gallery 7 tasks lesson` plays only these scenes, on one device, and leaves the other pictures.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from demo import county, scenes, story
from demo.__main__ import outcome_of, say
from demo.console import visit
from demo.stage import Stage

FOLDER = Path("build/screens")
DOCS = Path("docs/screens")
CHOSEN = {
    "snapshot": "snapshot",
    "walk": "walk",
    "deviation": "deviation",
    "compare": "compare",
    "outcome": "outcome",
    "sign-driver": "sign",
    "papers": "papers",
    "sync-delivered": "sync",
    "console-inbox": "inbox",
    "console-record": "record",
    "console-case-T": "case",
}
DEVICES = {"10": (1280, 800, 10.1), "7": (1024, 600, 7.0), "portrait": (800, 1280, 10.1)}
LIGHTS = ((False, "zh_CN"), (True, "en"), (False, "en"), (True, "zh_CN"))


class Gallery(Stage):
    """A stage that takes each picture by day and night and in both languages, on one device."""

    def __init__(self, folder: Path, device: str) -> None:
        width, height, inches = DEVICES[device]
        super().__init__(folder, "offscreen", say, (width, height))
        self.device = device
        self.driver.set_device(width, height, inches)

    def shot(self, name: str) -> None:
        """Show the screen in every light and language, then as it was."""
        from mobile.theme import theme
        from mobile.words import words

        for night, lang in LIGHTS:
            theme.night, words.lang = night, lang
            self.driver.step(3)
            light = "night" if night else "sunlight"
            self.shots.append(self.driver.screenshot(FOLDER / f"{name}-{self.device}-{light}-{lang}.png"))
        theme.night, words.lang = False, "zh_CN"
        self.driver.step(3)


def main() -> int:
    """Render one device after the other, each in a process of its own, because an offscreen window keeps its size."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    for device in DEVICES:
        subprocess.run([sys.executable, "-m", "demo.gallery", device], check=True)
    say(f"{len(list(FOLDER.glob('*.png')))} pictures in {FOLDER}")
    if "--docs" in sys.argv:
        _write_docs()
    return 0


def render(device: str, only: Sequence[str] = ()) -> int:
    """Play the story, visit the console once and play all scenes; or play only the scenes that are named."""
    work = Path("build") / "-".join(("gallery", *only))
    shutil.rmtree(work, ignore_errors=True)
    stage = Gallery(work, device)
    try:
        stage.office.prepare(county.registry(stage.now))
        code = stage.office.enrol_code("T")
        stage.office.start()
        stage.power_on()
        story.enrol(stage, code)
        if not only:
            _story(stage, device)
        for name in only or scenes.names():
            say(f"{device}: {name}")
            scenes.play(stage, name)
    finally:
        stage.office.stop()
    return 0


def _story(stage: Gallery, device: str) -> None:
    stage.office.stop()
    stage.office.load(county.news(stage.now))
    for chapter in story.CHAPTERS:
        say(f"{device}: {chapter.__name__}")
        chapter(stage)
    story.still_waiting(stage)
    stage.office.start()
    story.deliver(stage)
    if device == "10":
        visit(stage.office.url, outcome_of(stage), FOLDER)
    stage.app.desk.put_down()


def _write_docs() -> None:
    from PIL import Image

    DOCS.mkdir(parents=True, exist_ok=True)
    for name, kept in CHOSEN.items():
        source = FOLDER / (f"{name}.png" if name.startswith("console") else f"{name}-10-sunlight-zh_CN.png")
        with Image.open(source) as picture:
            small = picture.convert("RGB")
            small.thumbnail((960, 960))
            small.quantize(224, dither=Image.Dither.NONE).save(DOCS / f"{kept}.png", optimize=True)


if __name__ == "__main__":
    sys.exit(render(sys.argv[1], sys.argv[2:]) if sys.argv[1:2] and sys.argv[1] in DEVICES else main())
