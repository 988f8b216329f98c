"""`make profile`: where the time of one page goes (PROFILE_PATH, else /learn/); an HTML report in profile/."""

from __future__ import annotations

import os
import tempfile
from dataclasses import replace
from pathlib import Path

from pyinstrument import Profiler

from bench.processes import ROOT
from bench.room import build_room
from lms.app import create_app
from lms.settings import read_settings

REQUESTS = 300


def main() -> None:
    path = os.environ.get("PROFILE_PATH", "/learn/")
    with tempfile.TemporaryDirectory(prefix="declic-profile-") as folder:
        [learner] = build_room(Path(folder), "", 1, attempts=2)
        app = create_app(replace(read_settings({"LMS_HOME": folder})))
        headers = dict(line.split(": ", 1) for line in learner.home.wire.decode().split("\r\n")[1:] if line)
        client = app.test_client(use_cookies=False)
        assert client.get(path, headers=headers).status_code == 200
        with Profiler() as profiler:
            for _ in range(REQUESTS):
                client.get(path, headers=headers)
    file = ROOT / "profile" / "page.html"
    file.parent.mkdir(exist_ok=True)
    file.write_text(profiler.output_html())
    print(profiler.output_text(color=True))
    print(f"written: {file.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
