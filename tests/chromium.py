"""The browser of the machine and how it is started."""

import shutil

# The shell first: a Chromium draws tabs and menus for every window, seen or not, and takes half as long again.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
# Without a sandbox (CI is root) and without calls to its maker.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-sync",
    "--renderer-process-limit=1",  # no process held ready for a page that may come: one was made for every page
]
