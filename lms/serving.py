"""What granian imports in each server process: the application, and the scheduler's thread."""

from __future__ import annotations

from lms.app import create_app
from lms.settings import read_settings
from lms.worker import find_work, start_thread

app = create_app(read_settings())
stop = start_thread(app, find_work(read_settings(), app.extensions["lms"].classroom.plugins))
