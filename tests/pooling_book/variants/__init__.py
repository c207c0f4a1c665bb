"""For each chapter the answers that its exercises have to accept, and those that they have to refuse.

``VARIANTS = {number: (right, wrong)}`` with typed answers as texts and functions as functions, at least five right and
ten wrong ones for each exercise. Right are other algorithms, float32, lists, other spellings; wrong are missing cases,
swapped sides, one too many or too few, integers that wrap. ``test_variants.py`` runs them: where it fails, mend the
exercise's cases or its judge, not the list.
"""
