"""What does a `.pb` file of a participatory budget say, and is anything odd in it?"""

from folkmoot.core.decide.budgeting.pabulib.checking import check_pb
from folkmoot.core.decide.budgeting.pabulib.composing import pb_of
from folkmoot.core.decide.budgeting.pabulib.file import PbFile, read_pb, write_pb
from folkmoot.core.decide.budgeting.pabulib.places import Remark
from folkmoot.core.decide.budgeting.pabulib.projects import WITHDRAWN_COST

__all__ = ["WITHDRAWN_COST", "PbFile", "Remark", "check_pb", "pb_of", "read_pb", "write_pb"]
