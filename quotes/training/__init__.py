"""The recipe of the embedded French model: treebanks, press text and a form lexicon in, Stanza weights out."""
