"""The language in which annkit speaks to the learner.

Texts are whole English sentences in the code, looked up when they are shown: `_("{right} of {n} right.")`. A catalogue
`annkit/locale/<language>/LC_MESSAGES/annkit.mo` holds the same sentences in another language.
"""

import gettext
from pathlib import Path

LOCALE = Path(__file__).with_name("locale")

_catalogue = gettext.NullTranslations()


def _(text):
    """The sentence `text` in the chosen language."""
    return _catalogue.gettext(text)


def N_(text):
    """The sentence `text` itself, marked for translation where it is shown later through `_`."""
    return text


def language(name):
    """Choose the language of labs, checks and errors.

    Parameters
    ----------
    name : str
        ``"en"``, the default, or another language that annkit has a catalogue for, such as ``"ko"``.

    Raises
    ------
    ValueError
        If there is no catalogue for `name`; the language stays as it was.
    """
    global _catalogue
    from annkit.inputs import choice

    valid = ["en", *sorted(path.parts[-3] for path in LOCALE.glob("*/LC_MESSAGES/annkit.mo"))]
    choice("language", name, valid)
    _catalogue = gettext.translation("annkit", LOCALE, [name], fallback=name == "en")
