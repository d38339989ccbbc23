"""What the audit of the lock file says, and when it fails."""

import json

from tools.audit import verdict

SOUND = {"name": "lamp", "version": "1.0", "vulns": []}
BROKEN = {"name": "lock", "version": "2.0", "vulns": [{"id": "EX-1", "fix_versions": ["2.1"]}]}
UNKNOWN = {"name": "key", "skip_reason": "not found"}


def answer(*packages: object) -> str:
    return json.dumps({"dependencies": packages})


def test_a_known_vulnerability_fails_and_says_what_mends_it() -> None:
    lines, status = verdict(answer(SOUND, BROKEN))
    assert status == 1
    assert lines == ["VULNERABLE: lock 2.0: EX-1, mended in ['2.1']"]


def test_a_package_that_nobody_knows_is_told_and_does_not_pass_for_audited() -> None:
    lines, status = verdict(answer(SOUND, UNKNOWN))
    assert status == 0
    assert lines == ["NOT AUDITED: 1 of 2 packages, of which the source of advisories knows nothing"]


def test_no_answer_is_told_and_does_not_fail() -> None:
    lines, status = verdict("")
    assert status == 0
    assert "NOT AUDITED" in lines[0]


def test_sound_packages_pass() -> None:
    assert verdict(answer(SOUND)) == (["no vulnerability known in 1 packages"], 0)
