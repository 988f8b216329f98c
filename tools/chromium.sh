#!/usr/bin/env bash
# Print the path of a working Chromium: the machine's, else Debian's package (as root), else Playwright's own.
# Its headless shell first: the same engine without the windows nobody sees takes a quarter less of the processor.
# Usage: tools/chromium.sh <folder of the virtualenv's commands>
set -euo pipefail
bin=$1

works() { "$1" --version >/dev/null 2>&1 && ! grep -qs 'snap' "$1"; }

found() {
    local name path
    for name in ${CHROMIUM:-} chromium-headless-shell chromium google-chrome-stable google-chrome chromium-browser; do
        path=$(command -v "$name" || true)
        if [ -n "$path" ] && works "$path"; then echo "$path"; return 0; fi
    done
    return 1
}

# Ubuntu's package of that name only asks for a snap.
from_apt() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null && grep -qE '^ID=debian' /etc/os-release || return 1
    local name
    apt-get update -q >&2
    for name in chromium-headless-shell chromium; do
        DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$name" fonts-dejavu-core >&2 && return 0
    done
    return 1
}

playwright_own() {
    "$bin/python" -c 'from playwright.sync_api import sync_playwright as start
with start() as playwright: print(playwright.chromium.executable_path)'
}

from_playwright() {
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then "$bin/playwright" install --with-deps chromium >&2
    else "$bin/playwright" install chromium >&2; fi
}

found && exit 0
from_apt && found && exit 0
from_playwright || true
path=$(playwright_own)
works "$path" || { echo "No Chromium could be started: $path. As an administrator: $bin/playwright install-deps chromium" >&2; exit 1; }
echo "$path"
