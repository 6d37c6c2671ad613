#!/bin/sh
# Downloads the packages of packages.tsv, verifies their SHA-256 and unpacks each to WORK_FOLDER/packages/NAME: fetch.sh WORK_FOLDER
# Another run continues after an interrupted one. PACKAGES, if set, is a folder of package files that are used instead of downloads.
set -eu
export LC_ALL=C
table=$(cd "$(dirname "$0")" && pwd)/packages.tsv

fail() {
    echo "fetch.sh: $1" >&2
    exit 1
}

need() {
    command -v "$1" > /dev/null || fail "The program $1 was not found. $2"
}

if [ $# != 1 ] || [ -z "$1" ]; then
    fail "Expected one argument, the work folder, but found $#. Usage: fetch.sh WORK_FOLDER"
fi
[ -f "$table" ] || fail "$table was not found. Restore it from the repository."
if [ -n "${PACKAGES:-}" ]; then
    [ -d "$PACKAGES" ] || fail "PACKAGES is '$PACKAGES', which is not a folder. Correct it or unset it."
    given=$(cd "$PACKAGES" && pwd)
fi
for tool in awk dpkg-deb sha256sum tar; do
    need "$tool" "Install it with apt-get. The packages are for Debian 12 on amd64."
done

awk -F '\t' -v header="kind\tpackage\tversion\tfile\tsha256" '
    function wrong(found) { printf "fetch.sh: packages.tsv, line %d: %s.\n", NR, found; faults++ }
    NR == 1 { if ($0 != header) wrong("The header is not kind, package, version, file, sha256, separated by tabs"); next }
    NF != 5 { wrong("Expected 5 columns, separated by tabs, but found " NF); next }
    $1 !~ /^(deb|npm)$/ { wrong("The kind is \"" $1 "\", but must be deb or npm") }
    $2 !~ /^(@[a-z0-9][a-z0-9.-]*\/)?[a-z0-9][a-z0-9.+-]*$/ { wrong("\"" $2 "\" is not the name of a package") }
    $3 !~ /^[0-9][A-Za-z0-9.+:~-]*$/ { wrong("\"" $3 "\" is not a version") }
    $4 !~ /^[a-z0-9][A-Za-z0-9.+%~_-]*\.(deb|tgz)$/ { wrong("\"" $4 "\" is not the name of a .deb or .tgz file") }
    length($5) != 64 || $5 ~ /[^0-9a-f]/ { wrong("\"" $5 "\" is not a SHA-256, 64 lowercase hexadecimal digits") }
    seen[$2]++ { wrong("The package " $2 " is listed twice") }
    END { if (NR < 2) wrong("The table has no packages"); exit faults > 0 }' "$table" >&2 ||
    fail "Correct packages.tsv, or restore it from the repository. Nothing was downloaded."

mkdir -p "$1/downloads" "$1/packages"
downloads=$(cd "$1/downloads" && pwd)
packages=$(cd "$1/packages" && pwd)
part=$downloads/partial
trap 'rm -rf "$part"' EXIT
trap 'exit 1' HUP INT TERM
faults=0 count=0

# Runs a function for each line of the table.
each() {
    while IFS="$(printf '\t')" read -r kind package version file sha || [ -n "$kind" ]; do
        [ "$kind" != kind ] || continue
        target=$packages/$(echo "${package#@}" | tr / -)
        archive=$downloads/$file
        if [ -n "${given:-}" ] && [ -f "$given/$file" ]; then
            archive=$given/$file
        fi
        "$1" < /dev/null
    done < "$table"
}

is_unpacked() {
    [ -f "$target/.sha256" ] && [ "$(cat "$target/.sha256")" = "$sha" ]
}

need_program() {
    if ! is_unpacked && [ ! -f "$archive" ]; then
        case $kind in
            deb) need apt-get "Run this on Debian 12, or set PACKAGES to a folder with $file and the other files of packages.tsv." ;;
            npm) need npm "Install the package npm, or set PACKAGES to a folder with $file." ;;
        esac
    fi
}

sha_of() {
    sha256sum < "$1" | cut -d ' ' -f 1
}

problem() {
    echo "fetch.sh: $package $version: $1" >&2
    faults=$((faults + 1))
}

download() {
    rm -rf "$part"
    mkdir "$part"
    case $kind in
        deb) set -- apt-get download "$package=$version" ;;
        npm) set -- npm pack "$package@$version" ;;
    esac
    if (cd "$part" && "$@" > log 2>&1) && mv "$part/$file" "$downloads/" 2>> "$part/log"; then
        return
    fi
    sed 's/^/    /' "$part/log" >&2
    case $kind in
        deb) problem "$file could not be downloaded. Run apt-get update.
    If the mirror no longer has this version, get the file from snapshot.debian.org, and set PACKAGES to its folder." ;;
        npm) problem "$file could not be downloaded.
    If the registry no longer has this version, get the file from elsewhere, and set PACKAGES to its folder." ;;
    esac
    return 1
}

fetch() {
    count=$((count + 1))
    if is_unpacked; then
        echo "$package $version: already unpacked"
        return
    fi
    # A download that is incomplete or of another version is replaced. A given file is never changed.
    if [ ! -f "$archive" ] || { [ "$archive" = "$downloads/$file" ] && [ "$(sha_of "$archive")" != "$sha" ]; }; then
        download || return 0
    fi
    found=$(sha_of "$archive")
    if [ "$found" != "$sha" ]; then
        problem "The SHA-256 of $archive is wrong.
    expected $sha
    found    $found
    Remove the file and run this again. If the result is the same, the package or packages.tsv was changed."
        return
    fi
    rm -rf "$part" "$target"
    mkdir -p "$part/unpacked"
    case $kind in
        deb) dpkg-deb -x "$archive" "$part/unpacked" ;;
        npm) tar -xzf "$archive" -C "$part/unpacked" ;;
    esac
    echo "$sha" > "$part/unpacked/.sha256"
    mv "$part/unpacked" "$target"
    echo "$package $version: unpacked"
}

each need_program
each fetch
[ $faults = 0 ] || fail "$faults of $count packages could not be unpacked. Solve the problems above and run this again."
echo "$count packages are in $packages."
