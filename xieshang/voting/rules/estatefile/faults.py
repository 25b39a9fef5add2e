"""What can be wrong with an estate's list, each said in one sentence with the way on."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from xieshang.lib.refusals import Refusal
from xieshang.lib.refusals import later as _


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: in which sheet, row (0: the sheet as a whole) and column, and why."""

    sheet: str
    row: int
    column: str
    refusal: Refusal
    words: Mapping[str, object] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """The sentence with its words put in."""
        return self.refusal.sentence.format(**self.words)


NOTHING_READ = Refusal("estate_nothing_read", _("表里没有读到一户。请看看表头是不是在前30行里。"))
NO_HEADER = Refusal("estate_no_header", _("没有找到表头，认不出哪一列是房号、哪一列是业主。请在表上面加一行表头。"))
COLUMN_MISSING = Refusal("estate_column_missing", _("没有找到“{what}”这一列。请在“认列”那一步指给它，或者在表里加上。"))
NO_ROOM = Refusal("estate_no_room", _("这一行没有房号。是合计、备注的，请删去；是房屋的，请补上房号。"))
ROOM_IS_A_DAY = Refusal(
    "estate_room_is_a_day", _("房号被表格软件改成了日期“{text}”。请把这一列设成“文本”，重新填房号。")
)
NO_BUILDING = Refusal("estate_no_building", _("这一行没有楼号，上面也没有可以接着用的。请补上楼号。"))
ROOM_TWICE = Refusal(
    "estate_room_twice",
    _("“{unit}”在“{sheet}”第{row}行已经有了。共有人请写在同一格，用顿号隔开；写重了的请删去一行。"),
)
NO_AREA = Refusal(
    "estate_no_area",
    _("“{unit}”没有面积。请按不动产登记、测绘或者合同上的专有部分面积补上。"),
    _("法释〔2009〕7号第8条"),
)
BAD_AREA = Refusal("estate_bad_area", _("面积写的是“{text}”，读不成数。请写成106.35这样的平方米数。"))
AREA_NOT_ABOVE_ZERO = Refusal("estate_area_zero", _("面积写的是“{text}”，面积要大于0。请按不动产登记或者合同填。"))
AREA_TOO_LARGE = Refusal("estate_area_too_large", _("面积写的是“{text}”，一套不会超过10万平方米，请核对小数点。"))
NO_SOURCE = Refusal("estate_no_source", _("没有写面积从哪里来。请写登记、测绘或者合同。"), _("法释〔2009〕7号第8条"))
BAD_SOURCE = Refusal("estate_bad_source", _("面积来源写的是“{text}”，认不出。请写登记、测绘或者合同。"))
BAD_KIND = Refusal("estate_bad_kind", _("用途写的是“{text}”，认不出。请写住宅、商铺、车位或者公共用房。"))
BAD_SALE = Refusal("estate_bad_sale", _("销售状态写的是“{text}”，认不出。请写已售、未售或者已售未交付。"))
NO_OWNER = Refusal(
    "estate_no_owner",
    _("“{unit}”没有写业主。还没卖出的，请在销售状态里写“未售”；卖出的请补上业主。"),
    _("法释〔2009〕7号第9条"),
)
NAME_TOO_LONG = Refusal("estate_name_too_long", _("业主一格太长了，一个人的姓名不会超过60个字。几个人请用顿号隔开。"))
NAME_IN_ROW_TWICE = Refusal("estate_name_twice", _("“{name}”在这一套里写了两次。是两个人的，请补上各自的证件号码。"))
ID_RUINED = Refusal(
    "estate_id_ruined",
    _("证件号码被表格软件改成了“{text}”，后几位已经丢了，猜不回来。请把这一列设成“文本”，照证件重新填。"),
)
ID_MASKED = Refusal("estate_id_masked", _("证件号码打了星号，认不出是谁。没有完整号码的，请把这一格空着。"))
ID_WRONG_LENGTH = Refusal("estate_id_length", _("证件号码是{number}位，居民身份证号码应是18位，请核对。"))
ID_WRONG_CHECK = Refusal("estate_id_check", _("身份证号码的最后一位和前面对不上，多半是抄错了，请核对。"))
ID_NOT_READ = Refusal("estate_id_not_read", _("证件号码认不出，请照证件重新填；没有的就空着。"))
IDS_DO_NOT_MATCH = Refusal(
    "estate_ids_do_not_match",
    _("业主有{names}人，证件号码有{numbers}个，对不上。请按同样的顺序写，一人一个。"),
)
ID_OF_TWO_NAMES = Refusal(
    "estate_id_of_two_names", _("同一个证件号码，这里写的是“{name}”，“{sheet}”第{row}行写的是“{other}”。请核对是谁的。")
)
NAME_TOO_OFTEN = Refusal(
    "estate_name_too_often", _("叫“{name}”又没有证件号码的有{number}人，一个个问不过来。请先补上他们的证件号码。")
)
GUARDIAN_UNCLEAR = Refusal(
    "estate_guardian_unclear", _("这一套有几个共有人，看不出监护人是谁的。请按同样的顺序写，没有的写“无”。")
)
