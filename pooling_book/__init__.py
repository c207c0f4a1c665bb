"""What the chapters use besides `pooling_lib`: widgets, exercises, pictures, studies.

Nothing about pooling itself lives here.
"""
