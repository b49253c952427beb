"""A few small trees for the tests of training; every sentence is invented."""

from __future__ import annotations

from quotes.training.conllu import Tree, parse

CONLLU = """\
# sent_id = a
# text = Le maire du village a parlé.
1\tLe\tle\tDET\t_\tDefinite=Def|Gender=Masc|Number=Sing|PronType=Art\t2\tdet\t_\t_
2\tmaire\tmaire\tNOUN\t_\tGender=Masc|Number=Sing\t7\tnsubj\t_\t_
3-4\tdu\t_\t_\t_\t_\t_\t_\t_\t_
3\tde\tde\tADP\t_\t_\t5\tcase\t_\t_
4\tle\tle\tDET\t_\tDefinite=Def|Gender=Masc|Number=Sing|PronType=Art\t5\tdet\t_\t_
5\tvillage\tvillage\tNOUN\t_\tGender=Masc|Number=Sing\t2\tnmod\t_\t_
6\ta\tavoir\tAUX\t_\tMood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin\t7\taux:tense\t_\t_
7\tparlé\tparler\tVERB\t_\tGender=Masc|Number=Sing|Tense=Past|VerbForm=Part|Voice=Act\t0\troot\t_\tSpaceAfter=No
8\t.\t.\tPUNCT\t_\t_\t7\tpunct\t_\t_

# newpar
# sent_id = b
# text = « Tout va bien », dit-il.
1\t«\t«\tPUNCT\t_\t_\t7\tpunct\t_\t_
2\tTout\ttout\tPRON\t_\tGender=Masc|Number=Sing\t3\tnsubj\t_\t_
3\tva\taller\tVERB\t_\tMood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin\t7\tccomp\t_\t_
4\tbien\tbien\tADV\t_\t_\t3\tadvmod\t_\t_
5\t»\t»\tPUNCT\t_\t_\t7\tpunct\t_\tSpaceAfter=No
6\t,\t,\tPUNCT\t_\t_\t7\tpunct\t_\t_
7\tdit\tdire\tVERB\t_\tMood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin\t0\troot\t_\tSpaceAfter=No
8\t-il\til\tPRON\t_\tGender=Masc|Number=Sing|Person=3|PronType=Prs\t7\tnsubj\t_\tSpaceAfter=No
9\t.\t.\tPUNCT\t_\t_\t7\tpunct\t_\t_

"""


def trees() -> tuple[Tree, Tree]:
    """A plain sentence with a contraction, and one with a reporting clause whose verb is the root."""
    plain, reported = parse(CONLLU.splitlines())
    return plain, reported
