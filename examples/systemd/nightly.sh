#!/bin/sh
# One night on a machine of your own: tests the target, compares it with the last night and keeps the reports.
#
#   nightly.sh FOLDER TARGET
#
# FOLDER has armature-conformance installed (npm install armature-conformance) and a conformance.config.yaml with the
# TARGET; the keys come from the environment. systemd starts this by the units beside it; without systemd a line of
# crontab does:
#
#   MAILTO=api-team@example.com
#   17 3 * * *  . /etc/armature-conformance.env; /opt/armature-conformance/nightly.sh /opt/armature-conformance staging
#
# Exits as the run does: 0 conformant, 1 violations, 3 nothing answers; /etc/armature-conformance.env then needs
# `export` before each variable.
set -u
cd "${1:?the folder is missing}" || exit 2
target=${2:?the name of the target is missing}

if [ -f reports/latest/results.json ]; then cp reports/latest/results.json reports/last.json; fi

./node_modules/.bin/armature-conformance run --target "$target" --report-dir reports/latest --quiet
code=$?

# A run that judged nothing leaves no results, and there is nothing to compare with on the first night.
if [ -f reports/last.json ] && [ -f reports/latest/results.json ]; then
  ./node_modules/.bin/armature-conformance compare reports/last.json reports/latest
fi
exit "$code"
