"""Scorers, one module a protocol: counts first, scores last.

They know graphs and token ranges alone, no corpus and no file format:

    acl2017        A   components and relations end to end, over word tokens
    exact_spans    B   exact character spans and links
    gold_segments  C   types, links and stance where components are given
    bio            D   segmentation of word tokens
    microtexts     E   central claim, role, function and attachment of arg-microtexts
    cdcp           F   given propositions of the eRulemaking comments
    abstrct        G   abstracts of medical trials: given components, tags of tokens
    persuade       H   elements of school essays, by Kaggle's rule
    sentences      I   sentences that argue and sentences that do not
    overlap            spans, roles and links at more than half of the words
    alignment          components of two graphs, paired one to one
    agreement          unitised alpha and kappa of two annotations
    unitized           alpha as counts that add up over documents
    right              what probabilities are of: which predicted components and relations are right
    reliability        how far probabilities can be trusted
    matched            kappa of types and links where components of two graphs match
"""
