from .cards.card import Card as Card
from .cards.history import read_playbook as read_playbook
from .cards.public import PublicCard as PublicCard
from .cards.public import public_cards as public_cards
from .week.ahead import week_ahead as week_ahead
from .week.figures import moment_figures as moment_figures
from .week.planner import planner_hours as planner_hours
