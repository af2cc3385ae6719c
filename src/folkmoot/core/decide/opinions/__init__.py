"""What unites people, what divides them, and how sure can we be?"""

from folkmoot.core.decide.opinions.conversation import Conversation, Statement
from folkmoot.core.decide.opinions.votes import AGREE, DISAGREE, PASS, Votes, votes_of

__all__ = ["AGREE", "DISAGREE", "PASS", "Conversation", "Statement", "Votes", "votes_of"]
