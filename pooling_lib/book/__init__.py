"""What only the book needs: pictures, widgets, data, quizzes and exercises."""
