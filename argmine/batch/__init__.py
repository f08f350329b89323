"""Collections to tables: a row a piece, in order, resumable. Texts by `argmine.score`, files by `score_files`.

addresses ─ sources ─ pieces ─ parts ─ Engine (a Scorer each worker) ─ tables ─ journal ─ the table
"""
