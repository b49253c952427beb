"""The networks of a Stanza model, run over many articles at once.

Stanza's own pipeline spends most of its time around its networks: on documents, loaders and vocabularies, on the same
word forms again and again, on the scores of relations between words that no tree joins. Here the same weights give the
same trees from columns of numbers. What a form contributes is worked out once, sentences of like length go together,
and relations are scored along the arcs of the tree only. Results differ from Stanza's in the last digits of scores, as
they do between batches of other sizes.

These modules know PyTorch and the shape of Stanza's models; none of them imports stanza.
"""
