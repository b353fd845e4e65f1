"""The entry that Android starts. Data lie in the app's own storage, which no other app can read."""

import os

from android.storage import app_storage_path

os.environ.setdefault("LUJIAN_DATA", os.path.join(app_storage_path(), "lujian"))  # noqa: PTH118 - before any import

from mobile.main import main

main([])
