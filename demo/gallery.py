"""`make screens`: every screen, by day and night, in both languages, on every size, into `build/screens/`.

The story is played once on each device, then the scenes beside it; at each stop the same state is shown in every light
and language. The console's pages are added. With `--docs` only the chosen few are drawn, and written, small, into
`docs/screens/`;
`python -m demo.gallery 7 tasks lesson` plays only these scenes, on one device, and leaves the other pictures.
"""

from __future__ import annotations

import argparse
import gc
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from demo import album, county, scenes, story
from demo.__main__ import outcome_of, say
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
    "console-cases": "cases",
    "console-case": "case",
    "console-notice": "document",
    "console-campaign": "campaign",
    "console-figures-map": "heat-map",
    "console-carrier": "carrier",
    "console-proofs": "way-back",
    "console-draft": "draft",
    "console-session": "session",
}
DEVICES = {"10": (1280, 800, 10.1), "7": (1024, 600, 7.0), "portrait": (800, 1280, 10.1)}
LIGHTS = ((False, "zh_CN"), (True, "zh_CN"), (True, "en"), (False, "en"))
"""Night or not, and the language; from one to the next only one of them changes, because each change costs a while."""
STORY = ("story",)
TOGETHER = 4
"""So many scenes are played by one process: the more it has shown, the longer each change of light takes."""
FAULTS = "faults-{}.txt"


class Gallery(Stage):
    """A stage that takes each picture by day and night and in both languages, on one device."""

    def __init__(self, folder: Path, device: str) -> None:
        width, height, inches = DEVICES[device]
        super().__init__(folder, "offscreen", say, (width, height))
        self.work = folder / "casework"
        self.device = device
        self.lights: Sequence[tuple[bool, str]] = LIGHTS
        self.faults: list[str] = []
        self.driver.set_device(width, height, inches)
        self.driver.paints = False
        # Each change of light or language collects dead widgets; what there is before any need not be looked at.
        gc.freeze()

    def shot(self, name: str) -> None:
        """Show the screen in every light and language, then as it was."""
        from demo import contrast, find, looks
        from demo.touch import save_png
        from mobile.widgets.theme import theme
        from mobile.words import words

        # A button stays pressed for a moment after the finger left it.
        self.driver.step_until(lambda: not any(getattr(one, "state", "") == "down" for one in find.everything()))
        for night, lang in self.lights:
            theme.night, words.lang = night, lang
            self.driver.step(2)
            light = "night" if night else "sunlight"
            shot = f"{name}-{self.device}-{light}-{lang}"
            picture = self.driver.picture()
            self.shots.append(save_png(picture, FOLDER / f"{shot}.png"))
            self.faults += looks.told(shot, [*looks.faults(), *contrast.faults(picture)])
        theme.night, words.lang = False, "zh_CN"
        self.driver.step(3)


def main(arguments: Sequence[str]) -> int:
    """Render each device in a process of its own, as many at once as there are cores; 1 where a picture has a fault."""
    parser = argparse.ArgumentParser(prog="python -m demo.gallery", description="Every screen into build/screens.")
    parser.add_argument("--docs", action="store_true", help="only what docs/screens needs, and write it there")
    parser.add_argument("device", nargs="?", choices=DEVICES, help="one device, in this process; the others stay")
    parser.add_argument("scenes", nargs="*", metavar="scene", help="only these scenes, of " + ", ".join(scenes.names()))
    told = parser.parse_args(arguments)
    if told.device:
        return render(told.device, told.scenes)
    shutil.rmtree(FOLDER, ignore_errors=True)
    if told.docs:
        code = render("10", lights=LIGHTS[:1])
        _write_docs()
        return code
    names = scenes.names()
    some = [STORY, *(names[start : start + TOGETHER] for start in range(0, len(names), TOGETHER))]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        codes = list(pool.map(_render_apart, [(device, *one) for one in some for device in DEVICES]))
    say(f"{len(list(FOLDER.glob('*.png')))} pictures in {FOLDER}")
    found = [line for path in sorted(FOLDER.glob(FAULTS.format("*"))) for line in path.read_text("utf-8").splitlines()]
    say(f"{len(found)} faults" if found else "nothing cut, missing, small, close, over or outside; contrast holds")
    return 1 if found or any(codes) else 0


def _render_apart(part: Sequence[str]) -> int:
    return subprocess.run([sys.executable, "-m", "demo.gallery", *part], check=False).returncode


def render(device: str, only: Sequence[str] = (), lights: Sequence[tuple[bool, str]] = LIGHTS) -> int:
    """Play the scenes that are named; the story among them visits the console once. None is all of them.

    In the light of the documents alone the story is played and no scene.
    """
    work = Path("build") / "-".join(("gallery", device, *only))
    shutil.rmtree(work, ignore_errors=True)
    stage = Gallery(work, device)
    stage.lights = lights
    try:
        stage.office.prepare(county.registry(stage.now))
        code = stage.office.enrol_code("T")
        stage.office.start()
        stage.power_on()
        story.enrol(stage, code)
        for name in only or (*STORY, *(scenes.names() if stage.lights == LIGHTS else ())):
            say(f"{device}: {name}")
            if name in STORY:
                _story(stage, device)
            else:
                scenes.play(stage, name)
    finally:
        stage.office.stop()
        (FOLDER / FAULTS.format("-".join((device, *only)))).write_text("\n".join(stage.faults), "utf-8")
    print("\n".join(stage.faults) or f"{device}: no faults")
    return 1 if stage.faults else 0


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
        stage.faults += album.take(stage.office, outcome_of(stage), FOLDER, stage.work, say)
    stage.app.desk.put_down()


def _write_docs() -> None:
    from PIL import Image

    DOCS.mkdir(parents=True, exist_ok=True)
    for name, kept in CHOSEN.items():
        source = FOLDER / (f"{name}-zh_CN.png" if name.startswith("console") else f"{name}-10-sunlight-zh_CN.png")
        with Image.open(source) as picture:
            small = picture.convert("RGB")
            small.thumbnail((960, 960))
            small.quantize(256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
                DOCS / f"{kept}.png", optimize=True
            )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
