#!/usr/bin/env bash
# Comunica's client reads the endpoint as the program itself reads the graph.
set -euo pipefail
program=$1 graph=$2
query='PREFIX dm: <https://w3id.org/demarche/ontology#> SELECT DISTINCT ?claim { ?claim a dm:Claim ; dm:agent ?who }'
exec 3< <(exec "$program" serve --port 0 --graph "$graph")
server=$!
trap 'kill $server' EXIT
read -r line <&3
url=$(grep -o 'http://[^ ]*' <<<"$line")query
here=$("$program" query --quiet --graph "$graph" --format csv -e "$query" | tail -n +2 | tr -d '\r<>' | sort)
there=$(comunica-sparql "sparql@$url" "$query" -t text/csv | tail -n +2 | tr -d '\r<>' | sort)
[ "$here" = "$there" ] || { echo "Comunica reads something else" >&2; exit 1; }
echo "Comunica: $(wc -l <<<"$there") rows, as they are"
