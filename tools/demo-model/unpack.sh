# Sourced by build.sh and train.sh.
# unpack PACKAGE=VERSION FILE SHA-256 unpacks a package to a folder with its name. Old versions are at https://snapshot.debian.org/.
unpack() {
    [ -f "$2" ] || apt-get download "$1"
    echo "$3  $2" | sha256sum --check --quiet
    dpkg-deb -x "$2" "${1%%=*}"
}
