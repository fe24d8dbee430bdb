"""A workflow as a picture, drawn from its declaration: the same one here, in print and in docs/.

Every state is a box, from the first at the top downwards. Beside it stand the steps that start in
it; each line leads to the number of the state that follows. All lines to one state run together.
"""

from fcr_app.reports.diagram.svg import diagram_svg

__all__ = ["diagram_svg"]
