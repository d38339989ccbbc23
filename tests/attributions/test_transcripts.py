"""Transcripts: whose each speech is."""

import annotator
from tests.articles import speaker


def test_a_surname_in_capitals_is_who_was_presented() -> None:
    record = annotator.annotate(
        """HOST: Joining us is the head of the ferry union, Captain Lena Vossberg. Captain, who is striking?

VOSSBERG: All of the crews. We begin on Monday.

HOST: Ministers say nobody will notice.

VOSSBERG: Wait for Monday.""",
        publisher="Daily Example",
    )
    assert speaker(record, "All of the crews") == "Lena Vossberg"
    assert speaker(record, "Wait for Monday") == "Lena Vossberg"
    said = [claim for claim in record.claims if record.chain_of(claim)[0] != "Daily Example"]
    assert not any("nobody will notice" in claim.text for claim in said)


def test_a_role_behind_the_label_is_no_part_of_the_name() -> None:
    record = annotator.annotate(
        """PRESENTER (voice-over): Tonight, the price of rope.

ILSE O'HARE, ROPE MAKER: One coil was 20. Now it is 90.

(LAUGHTER)

O'HARE: My sister sells string.""",
        publisher="Daily Example",
    )
    assert speaker(record, "One coil was 20") == "Ilse O'Hare"
    assert speaker(record, "My sister sells string") == "Ilse O'Hare"
    assert not any("LAUGHTER" in claim.text for claim in record.claims)


def test_speeches_may_stand_in_one_paragraph() -> None:
    record = annotator.annotate(
        "Radio Nord, 3 June. ANNOUNCER: It is nine. With us is Jens Aldo, who keeps the lock. ALDO: The lock is shut. "
        "ANNOUNCER: Until when? ALDO: Nobody has told me.",
        publisher="Daily Example",
    )
    assert speaker(record, "The lock is shut") == "Jens Aldo"
    assert speaker(record, "Nobody has told me") == "Jens Aldo"


def test_labels_of_other_things_make_no_transcript() -> None:
    record = annotator.annotate(
        """UPDATE: The dam has burst near Arlen on Sunday.

WHERE: The hall of the Arlen school.

WHEN: Doors open at seven in the evening.""",
        publisher="Daily Example",
    )
    assert {record.chain_of(claim)[0] for claim in record.claims} <= {"Daily Example"}
