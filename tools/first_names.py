"""Makes annotator/lexicons/en/first_names.txt from the first names of Faker (MIT licence; pip install faker).

Names that one country gives to girls and another to boys have no pronoun, nor have days of the week, which Faker has
for women and Nigeria gives to men; those not in Latin letters are left out.
"""

import calendar
import importlib
import pkgutil
import unicodedata
from collections import defaultdict
from pathlib import Path

import faker
import faker.providers.person as person

LIST = Path(__file__).parents[1] / "annotator" / "lexicons" / "en" / "first_names.txt"
HEAD = f"""# First names and the pronoun that agrees with them, made by tools/first_names.py.
# The names are those of Faker {faker.VERSION} (MIT licence).
# For telling which of several people "she" may be, where the article says nothing else; no record tells it.
"""
LATIN = ("LATIN", "HYPHEN", "APOSTROPHE", "RIGHT SINGLE")


def is_latin(name: str) -> bool:
    return all(unicodedata.name(letter, "").startswith(LATIN) for letter in name)


def main() -> None:
    pronouns: defaultdict[str, set[str]] = defaultdict(set)
    for module in pkgutil.iter_modules(person.__path__):
        provider = getattr(importlib.import_module(f"{person.__name__}.{module.name}"), "Provider", None)
        for pronoun, given in (("he", "first_names_male"), ("she", "first_names_female")):
            for name in vars(provider).get(given, ()) if provider else ():
                pronouns[name].add(pronoun)
    rows = sorted(
        f"{name} | {min(known) if len(known) == 1 and name not in calendar.day_name else '-'}\n"
        for name, known in pronouns.items()
        if len(name) > 1 and name[0].isupper() and " " not in name and is_latin(name)
    )
    LIST.write_text(HEAD + "".join(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
