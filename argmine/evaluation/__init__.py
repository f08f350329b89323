"""Benchmark evaluations: a protocol, a corpus and predictions become counts a document, and scores of their sums.

From the bottom up:

    tallies     what a protocol counts, as columns of integers, and its scores over any leading axes
    context     what a protocol needs beside two graphs: tokens and paragraphs
    counting    what one document adds to each tally
    protocols   the protocols by name
    evaluated   `Evaluation`: gold, predicted and the counts of each document
    statistics  intervals of its scores over documents, and the paired test of two systems
    comparison  two systems on the same documents
    difference  two analyses of one text
    aligned     gold and predicted graph of one document with the partners of their components
    repairs     predicted graphs with one kind of fault repaired
    errors_table  what each kind of fault costs
    breakdown   types taken for each other, items by type, documents by themselves
    published   published figures with their sources
    report      all of it as JSON, Markdown and one HTML page
"""
