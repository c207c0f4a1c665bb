"""What a chapter computes with: data, tasks, training, trained networks, statistics, famous networks, results.

No picture is made here.
"""
