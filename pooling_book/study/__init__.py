"""What a chapter computes with: data, networks and their training, statistics, famous networks, results.

No picture is made here.
"""
