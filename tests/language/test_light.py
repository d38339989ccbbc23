"""A process of our own starts without what spaCy brings for other work, and can still have it."""

import subprocess
import sys

UNUSED = ("torch", "pandas", "weasel", "label_studio_sdk", "pyarrow", "httpx")


def run(program: str) -> list[str]:
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return done.stdout.split()


def test_annotating_a_file_loads_none_of_the_packages_of_other_commands() -> None:
    loaded = run(
        "import sys\n"
        "from typer.testing import CliRunner\n"
        "from annotator.cli import app\n"
        "done = CliRunner().invoke(app, ['annotate', 'exports/articles/anonymous-politics.txt'])\n"
        "assert done.exit_code == 0, done.output\n"
        f"print(*[name for name in {UNUSED!r} if name in sys.modules])"
    )
    assert loaded == []


def test_what_stood_in_for_a_module_is_gone_after_the_import() -> None:
    assert run(
        "from annotator.language.light import import_spacy\n"
        "import_spacy()\n"
        "import spacy.cli, spacy.cli.info, torch\n"
        "print(callable(spacy.cli.download), spacy.info()['spacy_version'] == spacy.__version__)\n"
        "print(torch.tensor([1]).item())"
    ) == ["True", "True", "1"]


def test_a_pipeline_of_the_users_choice_finds_torch() -> None:
    assert run(
        "import os\n"
        "os.environ['ANNOTATOR_SPACY_PIPELINE'] = 'another'\n"
        "from annotator.language.light import import_spacy\n"
        "import_spacy()\n"
        "import thinc.compat\n"
        "print(thinc.compat.has_torch)"
    ) == ["True"]
