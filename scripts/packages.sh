#!/bin/sh
# Install Debian or Ubuntu packages, if that needs no password; otherwise say which are missing and go on:
# what one wants to do may work without them.
set -u

if ! command -v apt-get >/dev/null; then
    may=no
elif [ "$(id -u)" = 0 ]; then
    may=yes as_root=
elif sudo -n true 2>/dev/null; then
    may=yes as_root="sudo -n"
else
    may=no
fi

if [ "$may" = no ]; then
    echo "Please install what is missing on this machine; on Debian or Ubuntu: sudo apt-get install $*" >&2
    exit 0
fi

echo "Installing system packages: $*"
$as_root apt-get update -qq
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$@" >/dev/null ||
    echo "They could not be installed. Please do it yourself: $*" >&2
