#!/bin/bash
# Runs the unit tests, and a replay of some windows, on a real nanoCLR.
#
# usage: tools/nanoclr/run-unit-tests.sh --runtime FILE --processor FILE --libraries DIR [--libraries DIR ..] [options]
#
#   --runtime FILE      executable of the runtime; it is called with the .pe files to load as arguments
#   --runtime-args ARGS words put before the .pe files, for example "run --assemblies"
#   --processor FILE    metadata processor (.dll is started with dotnet, anything else directly)
#   --libraries DIR     folder with the device libraries: NAME.dll (for references) and NAME.pe (to load); the two may be in two folders
#   --configuration C   Debug (default) or Release: which build of ours to run; it is built first
#   --only NAMES        of Base, Dsp, App, Drivers and replay: those to run, comma-separated; default all that exist
#   --recording FILE    windows of a recording (int16 little-endian, 3 channels interleaved) in place of the made-up ones of the replay
#   --counts-il         the runtime reports executed IL instructions as DateTime.UtcNow.Ticks: compare them with the meter's
#   --timeout SECONDS   for each run, default 300
#
# Prints one line a test, then one line a library and a total. Exit code 0: all ran and none failed; 1: a failure; 2: usage.
# Nothing of the runtime is in this repository. README.md beside this file says which versions fit.
set -u
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
runtime= ; runtime_args= ; processor= ; libraries=() ; configuration=Debug ; recording= ; only= ; counts_il=false ; timeout=300

usage() { printf 'run-unit-tests.sh: %s\n' "$1" >&2; sed -n '4,15s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2; exit 2; }

while [ $# -gt 0 ]; do
  case $1 in
    --counts-il) counts_il=true; shift; continue ;;
    -h|--help) sed -n '2,18s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; exit 0 ;;
  esac
  [ $# -ge 2 ] || usage "$1 is unknown or lacks its value"
  case $1 in
    --runtime) runtime=$2 ;;
    --runtime-args) runtime_args=$2 ;;
    --processor) processor=$2 ;;
    --libraries) libraries+=("$(cd "$2" 2>/dev/null && pwd)") || usage "folder $2 does not exist" ;;
    --configuration) configuration=$2 ;;
    --recording) recording=$2; [ -f "$2" ] || usage "recording $2 does not exist" ;;
    --only) only=,$2, ;;
    --timeout) timeout=$2 ;;
    *) usage "unknown option $1" ;;
  esac
  shift 2
done
[ -x "$runtime" ] || usage "--runtime must name an executable: '$runtime'"
[ -f "$processor" ] || usage "--processor must name a file: '$processor'"
[ ${#libraries[@]} -gt 0 ] || usage "--libraries is missing"
find "${libraries[@]}" -maxdepth 1 -name mscorlib.pe | grep -q . || usage "no mscorlib.pe in ${libraries[*]}"
case $configuration in Debug|Release) ;; *) usage "--configuration must be Debug or Release: '$configuration'" ;; esac

bin=$root/artifacts/bin
folder=$(printf '%s' "$configuration" | tr 'DR' 'dr')
work=$root/artifacts/nanoclr; rm -rf "$work"; mkdir -p "$work"

build() { dotnet build "$root/$1"/*.csproj "${@:2}" -c "$configuration" -v q -nologo -clp:NoSummary >"$work/build.log" 2>&1 || { cat "$work/build.log"; echo "build of $1 failed"; exit 1; }; }

# convert FILE.dll: makes $work/NAME.pe, or prints the path of the library's own .pe.
convert() {
  local name pe directory hints=()
  name=$(basename "$1"); name=${name%.*}
  for directory in "${libraries[@]}"; do
    if [ "$(dirname "$1")" = "$directory" ]; then
      for directory in "${libraries[@]}"; do
        if [ -f "$directory/$name.pe" ]; then printf '%s\n' "$directory/$name.pe"; return 0; fi
      done
      echo "no $name.pe in ${libraries[*]}" >&2; return 1
    fi
  done
  pe=$work/$2$name.pe
  if [ ! -f "$pe" ]; then
    for directory in "${libraries[@]}"; do
      for file in "$directory"/*.dll; do [ -f "$file" ] && hints+=(-loadHints "$(basename "${file%.dll}")" "$file"); done
    done
    for file in "$(dirname "$1")"/*.dll; do hints+=(-loadHints "$(basename "${file%.dll}")" "$file"); done
    local command=("$processor"); case $processor in *.dll) command=(dotnet "$processor") ;; esac
    if ! "${command[@]}" "${hints[@]}" -parse "$1" -compile "$pe" false >"$work/$name.convert.log" 2>&1 || [ ! -f "$pe" ]; then
      echo "conversion of $1 failed:" >&2; tail -5 "$work/$name.convert.log" >&2; return 1
    fi
  fi
  printf '%s\n' "$pe"
}

# run NAME START.dll FOLDER [EXTRA.dll]: converts what START needs, and starts it.
run() {
  local name=$1 start=$2 directory=$3 order pes=() dll pe
  shift 3
  order=$(dotnet "$bin/SensorNode.LoadOrder/$folder/SensorNode.LoadOrder.dll" "$@" "$start" -- "$directory" "${libraries[@]}") || return 1
  while read -r dll; do
    pe=$(convert "$dll" "$name.") || return 1
    pes+=("$pe")
  done <<<"$order"
  # shellcheck disable=SC2086 # runtime_args is words
  timeout "$timeout" "$runtime" $runtime_args "${pes[@]}" >"$work/$name.log" 2>"$work/$name.stderr"
  status=$?
  cat "$work/$name.log"
  return 0
}

# write_windows FILE: 24 windows of 256 samples, spread over the recording, as a source file for the replay.
write_windows() {
  local frames=$(($(stat -c %s "$1") / 6)) points=256 count=24 window axis
  [ "$frames" -ge $((points * count)) ] || usage "$1 holds $frames frames of 3 channels; $((points * count)) are needed"
  printf 'namespace SensorNode.UnitReplay\n{\n    public static class ReplayWindows\n    {\n'
  printf '        public const int Points = %d;\n        public const int Count = %d;\n        public const int LearnCount = 14;\n\n' "$points" "$count"
  printf '        private static readonly short[] Samples = new short[]\n        {\n'
  for ((window = 0; window < count; window++)); do
    od -A n -v -t d2 -w6 -j $((window * (frames / count) * 6)) -N $((points * 6)) "$1" | awk '{ printf "%d,%d,%d,", $1, $2, $3 } END { print "" }'
  done
  printf '        };\n\n        public static void Fill(int window, short[] x, short[] y, short[] z)\n        {\n'
  printf '            for (int n = 0, i = window * Points * 3; n < Points; n++, i += 3)\n            {\n'
  printf '                x[n] = Samples[i];\n                y[n] = Samples[i + 1];\n                z[n] = Samples[i + 2];\n            }\n        }\n    }\n}\n'
}

# compare_replay: the same program on the host, metered; its lines must be the same, and its counts within 5 %.
compare_replay() {
  build tools/nanoclr/SensorNode.HostRun
  dotnet "$bin/SensorNode.HostRun/$folder/SensorNode.HostRun.dll" "$bin/SensorNode.UnitReplay/$folder" SensorNode.UnitReplay \
    SensorNode.UnitReplay.Program::RunTransform SensorNode.UnitReplay.Program::RunWindow >"$work/replay.host.log" || { broken=$((broken + 1)); return; }
  ran=$((ran + 1))
  if diff <(grep -av '^COUNT' "$work/replay.log" | tr -d '\r') <(grep -v '^COUNT' "$work/replay.host.log"); then
    echo "replay: $(grep -ac '^WINDOW' "$work/replay.log") windows and $(grep -ac '^FFT' "$work/replay.log") transforms, bit for bit the same on nanoCLR and on the host"; passed=$((passed + 1))
  else
    echo "replay: nanoCLR (<) and host (>) differ"; failed=$((failed + 1))
  fi
  $counts_il || return 0
  if paste -d ' ' <(grep -a '^COUNT' "$work/replay.log" | tr -d '\r') <(grep '^COUNT' "$work/replay.host.log") | awk '
      { d = ($6 - $3) * 100 / $3; if (d < 0) { d = -d }; if (d > worst) { worst = d }
        if ($2 ~ /^fft/ || NR % 6 == 0) printf "IL instructions, %s: %d on nanoCLR, %d by the meter\n", $2, $3, $6 }
      END { printf "IL instructions: largest difference %.2f %% over %d counts\n", worst, NR; exit worst > 5 }'; then
    passed=$((passed + 1))
  else
    echo "replay: the meter differs by more than 5 %"; failed=$((failed + 1))
  fi
}

wanted() { [ -z "$only" ] || [[ $only == *,$1,* ]]; }

build tools/nanoclr/SensorNode.LoadOrder
build tests/Unit/Launcher
passed=0; failed=0; skipped=0; broken=0; ran=0
for project in "$root"/tests/Unit/*/SensorNode.*.UnitTests.csproj; do
  name=$(basename "$(dirname "$project")")
  wanted "$name" || continue
  if [ -z "$(find "$(dirname "$project")" -name '*.cs' -print -quit)" ]; then echo "$name: no tests yet"; continue; fi
  build "tests/Unit/$name"
  if ! run "$name" "$bin/SensorNode.UnitLauncher/$folder/SensorNode.UnitLauncher.dll" "$bin/SensorNode.$name.UnitTests/$folder" "$bin/SensorNode.$name.UnitTests/$folder/NFUnitTest.dll"; then
    broken=$((broken + 1)); continue
  fi
  total=$(grep -a '^TOTAL passed' "$work/$name.log" | tail -1 | tr -d '\r')
  if [ -z "$total" ]; then
    echo "$name: did not finish (exit code $status): $(tail -3 "$work/$name.stderr" | tr '\n' ' ')"; broken=$((broken + 1)); continue
  fi
  read -r _ _ p _ f _ s <<<"$total"
  echo "$name on nanoCLR: passed $p, failed $f, skipped $s"
  passed=$((passed + p)); failed=$((failed + f)); skipped=$((skipped + s)); ran=$((ran + 1))
done

if wanted replay && [ -f "$root/tests/Unit/Replay/SensorNode.UnitReplay.csproj" ]; then
  if [ -n "$recording" ]; then
    write_windows "$recording" >"$work/RecordedWindows.cs"
    build tests/Unit/Replay "-p:ReplayWindowsFile=$work/RecordedWindows.cs"
  else
    build tests/Unit/Replay
  fi
  if ! run replay "$bin/SensorNode.UnitReplay/$folder/SensorNode.UnitReplay.dll" "$bin/SensorNode.UnitReplay/$folder"; then
    broken=$((broken + 1))
  elif ! grep -aq '^REPLAY done' "$work/replay.log"; then
    echo "replay: did not finish (exit code $status): $(tail -3 "$work/replay.stderr" | tr '\n' ' ')"; broken=$((broken + 1))
  else
    compare_replay
  fi
fi

echo "TOTAL on nanoCLR: passed $passed, failed $failed, skipped $skipped, runs finished $ran, broken $broken"
[ "$failed" = 0 ] && [ "$broken" = 0 ] && [ "$ran" -gt 0 ]
