"""`annotator train`: the extractor made anew."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Annotated, Any

import typer

from annotator.cli import options as o
from annotator.cli.terminal import command, group, reporting, say, stop
from annotator.errors import MissingExtraError

if TYPE_CHECKING:
    from annotator.training.augment import Example

app = group("Train")


def _file(what: str) -> Any:
    return typer.Option(metavar=o.FILE, help=what)


def _folder(what: str) -> Any:
    return typer.Option(metavar=o.FOLDER, help=what)


def _number(what: str) -> Any:
    return typer.Option(metavar=o.NUMBER, help=what)


Output = Annotated[Path, typer.Option("-o", "--output", metavar=o.FOLDER, help="Folder for the model.")]
Work = Annotated[Path, _folder("Folder for checkpoint and curve; a training goes on from there.")]
Calibrate = Annotated[Path | None, _file("PolNeAR dev: articles that confidence is fitted on, never learned from.")]
Epochs = Annotated[int | None, _number("Passes over the corpus.")]
Seed = Annotated[int | None, _number("Seed of everything random.")]
Articles = Annotated[int | None, _number("Learn from so many articles only (learning curve).")]
Encoder = Annotated[Path | None, _folder("A larger BERT or MPNet encoder: trains what can be a --teacher.")]
Layers = Annotated[int | None, _number("Only so many of the encoder's lowest layers (a smaller, faster model).")]
EncoderRate = Annotated[float | None, _number("Learning rate of the encoder.")]
Teachers = Annotated[
    list[Path] | None,
    _folder("Learn from a larger network too, the --work of its training; of several, from their mean."),
]
TeacherEncoder = Annotated[Path | None, _folder("The --encoder that the teachers started from.")]
Unlabelled = Annotated[
    list[Path] | None,
    _file("Articles that only the teacher says something of: JSON lines, or NewsArticles.zip."),
]
HeldOut = Annotated[
    list[Path] | None,
    _file("Texts that you measure on: an unlabelled article with a sentence of theirs is left out."),
]


@command(app, "annotator train polnear_train.jsonl.gz -o model --calibrate polnear_dev.jsonl.gz")
def train(
    corpus: o.Corpus,
    output: Output = Path("model"),
    work: Work = Path("train"),
    calibrate: Calibrate = None,
    epochs: Epochs = None,
    seed: Seed = None,
    articles: Articles = None,
    encoder: Encoder = None,
    layers: Layers = None,
    encoder_rate: EncoderRate = None,
    teacher: Teachers = None,
    teacher_encoder: TeacherEncoder = None,
    unlabelled: Unlabelled = None,
    held_out: HeldOut = None,
) -> None:
    """Train the extractor from the corpus. It is written as int8 ONNX (extra: train)."""
    with reporting():
        if unlabelled and not teacher:
            stop("--unlabelled: only a --teacher can say what these articles hold")
        if teacher and not teacher_encoder:
            stop("--teacher: needs the folder of the encoder that it started from, with --teacher-encoder")
        _fit(locals())
        say(f"wrote {output}")
        if calibrate:
            _calibrate(output, calibrate)


def _fit(options: Mapping[str, Any]) -> None:
    try:
        from annotator.training import fit
        from annotator.training.export import export
        from annotator.training.settings import TEACHER, Settings
    except ImportError as error:
        raise MissingExtraError("Training", "train") from error
    from annotator.training.network import encoder_folder, tokenizer_of

    given = {name: options[name] for name in ("epochs", "seed", "layers", "encoder_rate") if options[name] is not None}
    settings = replace(TEACHER if options["encoder"] else Settings(), **given)
    start = options["encoder"] or encoder_folder()
    teachers = [fit.load_teacher(options["teacher_encoder"], folder) for folder in options["teacher"] or ()]
    network = fit.fit(_examples(options), start, options["work"], settings, teachers)
    export(network, tokenizer_of(start), options["output"])


def _examples(options: Mapping[str, Any]) -> "list[Example]":
    from annotator.training.corpus import read_polnear, read_unlabelled

    examples = list(read_polnear(options["corpus"]))
    if options["articles"] is not None:
        examples = Random(0).sample(examples, min(options["articles"], len(examples)))
    measured = [path.read_text(encoding="utf-8") for path in options["held_out"] or ()]
    more = (example for path in options["unlabelled"] or () for example in read_unlabelled(path, measured))
    return [*examples, *more]


def _calibrate(model: Path, articles: Path) -> None:
    from annotator.extraction.extractor import Extractor
    from annotator.training.calibrate import calibrated
    from annotator.training.corpus import read_polnear
    from annotator.training.export import write_calibration

    calibration, errors = calibrated(Extractor(model), list(read_polnear(articles)))
    write_calibration(calibration, model)
    say(f"expected calibration error: attribution {errors['attribution']}, source {errors['source']}")
