#!/usr/bin/env bash
# Builds the conformance suite of Microsoft.Extensions.VectorData and runs it against Jina.VectorData.Sqlite. See README.md.
#   tools/conformance/run.sh CHECKOUT [OPTION OF THE TEST RUNNER...]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
suite=src/Libraries/Microsoft.Extensions.VectorData.ConformanceTests
if [ $# -eq 0 ] || [ ! -f "$1/$suite/TestSuiteImplementationTests.cs" ]; then
  echo "usage: run.sh CHECKOUT [OPTION...]: CHECKOUT is a folder with a checkout of dotnet/extensions, which contains $suite." >&2
  exit 2
fi

checkout=$(cd "$1" && pwd)
shift
if [ -e "$checkout/.git" ]; then
  commit=$(git -C "$checkout" log -1 --format='%H of %cs')
else
  commit='unknown, because the folder is not a git checkout'
fi

echo "suite: commit $commit"
dotnet build -c Release --verbosity quiet "$here/Store" "-p:ExtensionsCheckout=$checkout"
"$here/Store/bin/Release/net10.0/Jina.VectorData.Sqlite.Conformance" "$@"
