"""Conjugation, by the forms that news French uses of the verbs that report."""

from __future__ import annotations

import pytest

from quotes.lexicon import conjugate, load_lexicon

MODELS = load_lexicon().verb_models


def forms(infinitive: str, tense: str) -> list[str]:
    return [form for form, when in conjugate(infinitive, MODELS) if when == tense]


@pytest.mark.parametrize(
    ("infinitive", "tense", "expected"),
    [
        ("dire", "present", "dis dis dit disons dites disez disent"),
        ("dire", "simple past", "dis dis dit dirent dîmes dîtes"),
        (
            "contredire",
            "present",
            "contredis contredis contredit contredisons contredites contredisez contredisent",
        ),
        ("maudire", "imperfect", "maudissais maudissais maudissait maudissions maudissiez maudissaient"),
        ("faire", "future", "ferai feras fera ferons ferez feront"),
        ("promettre", "past participle", "promis promise promis promises"),
        ("soutenir", "present", "soutiens soutiens soutient soutenons soutenez soutiennent"),
        ("prévenir", "simple past", "prévins prévins prévint prévinrent prévînmes prévîntes"),
        (
            "convenir",
            "conditional",
            "conviendrais conviendrais conviendrait conviendrions conviendriez conviendraient",
        ),
        (
            "reconnaître",
            "present",
            "reconnais reconnais reconnaît reconnait reconnaissons reconnaissez reconnaissent",
        ),
        ("craindre", "subjunctive", "craigne craignes craigne craignions craigniez craignent"),
        ("plaindre", "past participle", "plaint plainte plaints plaintes"),
        ("conclure", "simple past", "conclus conclus conclut conclurent conclûmes conclûtes"),
        ("écrire", "imperfect", "écrivais écrivais écrivait écrivions écriviez écrivaient"),
        ("prévoir", "future", "prévoirai prévoiras prévoira prévoirons prévoirez prévoiront"),
        ("devoir", "past participle", "dû due dus dues"),
        ("convaincre", "present participle", "convainquant"),
        ("répondre", "present", "réponds réponds répond répondons répondez répondent"),
        ("avertir", "present", "avertis avertis avertit avertissons avertissez avertissent"),
        ("démentir", "present", "démens démens dément démentons démentez démentent"),
        ("aller", "simple past", "allai allas alla allâmes allâtes allèrent"),
    ],
)
def test_tense_of_a_verb(infinitive: str, tense: str, expected: str) -> None:
    assert forms(infinitive, tense) == expected.split()


@pytest.mark.parametrize(
    ("infinitive", "expected"),
    [
        ("lancer", "lançait lancions lancent lançons lança lancera"),
        ("juger", "jugeait jugent jugeons jugeant jugèrent"),
        ("appeler", "appelle appelait appellera appelons"),
        ("rappeler", "rappelle rappellent rappelé"),
        ("marteler", "martèle martelait martèlera"),
        ("soulever", "soulève soulevons soulèvera"),
        ("répéter", "répète répétait répètera répétera"),
        ("régler", "règle réglait"),
        ("alléguer", "allègue alléguait"),
        ("balayer", "balaie balaye balayait balaiera"),
        ("envoyer", "envoie enverra envoyait"),
        ("employer", "emploie emploiera"),
        ("interpeller", "interpelle interpellait"),
        ("emballer", "emballe emballait"),
        ("créer", "crée créait créé"),
        ("rejeter", "rejette rejetait"),
    ],
)
def test_spelling_of_verbs_in_er(infinitive: str, expected: str) -> None:
    made = {form for form, _ in conjugate(infinitive, MODELS)}
    assert set(expected.split()) <= made


def test_a_word_that_is_no_infinitive_yields_itself() -> None:
    assert list(conjugate("hop", MODELS)) == [("hop", "infinitive")]
