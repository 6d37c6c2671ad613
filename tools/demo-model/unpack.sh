# Sourced by build.sh and train.sh.
# unpack package=version file SHA-256, into a folder of the package's name. Versions gone from the mirror are at https://snapshot.debian.org/.
unpack() {
    [ -f "$2" ] || apt-get download "$1"
    echo "$3  $2" | sha256sum --check --quiet
    dpkg-deb -x "$2" "${1%%=*}"
}
