"""What languages put in order otherwise: their alphabets, and the words that do not count.

A rule of an alphabet is written like those of the Unicode CLDR, from whose collation data
(`common/collation/*.xml`) they are taken, as far as they tell letters apart:

    z < å < ä æ     after z come å, then ä, of which æ is a variant
    ae = ä          ä is in order as if it were ae
    h < ch          c and h together are a letter, after h

Everything else is in the order of the Unicode Collation Algorithm's own table (DUCET).
"""

from __future__ import annotations

_NORDIC = "y = ü ű; d = đ ð; th = þ"
_CZECH = "c < č; h < ch; r < ř; s < š; z < ž"
_CROATIAN = "c < č < ć; d < dž < đ; l < lj; n < nj; s < š; z < ž"
_DOUBLED = "cscs = ccs; dzdz = ddz; gygy = ggy; lyly = lly; nyny = nny; szsz = ssz; tyty = tty"
_TURKIC = "c < ç; g < ğ; h < ı; o < ö; s < ş; u < ü"

ALPHABETS = {
    "ar": "ي = ى; ت = ة",
    "az": f"{_TURKIC}; e < ə; h < x < ı; k < q; z < w",
    "bs": _CROATIAN,
    "cs": _CZECH,
    "cy": "c < ch; d < dd; f < ff; g < ng; l < ll; p < ph; r < rh; t < th",
    "da": f"{_NORDIC}; z < æ ä < ø ö ő œ < å aa",
    "de-phonebk": "ae = ä; oe = ö; ue = ü",
    "eo": "c < ĉ; g < ĝ; h < ĥ; j < ĵ; s < ŝ; u < ŭ",
    "es": "n < ñ",
    "es-trad": "n < ñ; c < ch; l < ll",
    "et": "s < š < z < ž; v = w; w < õ < ä < ö < ü",
    "fa": "ئ < آ < ا < ء; ا = أ إ ٱ; ک = ك ڪ; و < ه ە ہ ة ۀ ھ; ی = ى ي ئ",
    "fi": f"{_NORDIC}; z < å < ä æ < ö ø ő õ œ",
    "fo": f"{_NORDIC}; z < æ ä < ø ö ő œ < å aa",
    "hr": _CROATIAN,
    "hu": "c < cs; d < dz < dzs; g < gy; l < ly; n < ny; o < ö ő; s < sz; t < ty; u < ü ű; z < zs; "
    + _DOUBLED,
    "is": "a < á; d < ð; d = đ; e < é; i < í; o < ó; u < ú; y < ý; z < þ < æ ä < ö ø < å",
    "lt": "c < č; i = y; s < š; z < ž",
    "lv": "c < č; g < ģ; i = y; k < ķ; l < ļ; n < ņ; r < ŗ; s < š; z < ž",
    "nb": f"{_NORDIC}; z < æ ä ę < ø ö ő œ < å aa",
    "pl": "a < ą; c < ć; e < ę; l < ł; n < ń; o < ó; s < ś; z < ź < ż",
    "ro": "a < ă < â; i < î; s < ș ş; t < ț ţ",
    "sk": f"{_CZECH}; a < ä; o < ô",
    "sl": "c < č < ć; d < đ; s < š; z < ž",
    "sq": "c < ç; d < dh; e < ë; g < gj; l < ll; n < nj; r < rr; s < sh; t < th; x < xh; z < zh",
    "sv": f"{_NORDIC}; z < å < ä æ ę < ö ø ő œ ô",
    "tr": _TURKIC,
    "uk": "г < ґ; і < ї",
}
"""By language, or language and kind of collation, as in the language tag “de-u-co-phonebk”."""

CARRIERS = str.maketrans("أإآٱؤئ", "ااااوي")
"""Arabic letters that carry a hamza or the like: readers look for a word under its plain letter,
as in CLDR's rules for searching.
"""

ALIASES = {"no": "nb", "nn": "nb", "sh": "hr"}

ARTICLES = {
    "da": "en et den det de",
    "de": "der die das den dem des ein eine einer einem einen eines",
    "en": "a an the",
    "es": "el la los las lo un una unos unas",
    "fr": "le la les un une des l’",
    "hu": "a az egy",
    "it": "il lo la i gli le un uno una l’ un’",
    "nb": "en ei et den det de",
    "nl": "de het een",
    "pt": "o a os as um uma uns umas",
    "sv": "en ett den det de",
}
"""Words that do not count at the beginning of a heading, nor after those of a sub-heading."""

CONNECTIVES = {
    "da": "af at efter for fra før i med mod og om over på som til under ved",
    "de": "als am an auf aus bei beim bis durch für gegen im in ins mit nach oder ohne über um und "
    "unter vom von vor wegen wie zu zum zur zwischen",
    "en": "about after against among and as at before between by during for from in into of on or "
    "over through to toward towards under upon versus vs. vs with within without",
    "es": "a al bajo como con contra de del desde e en entre hacia hasta o para por según sin "
    "sobre tras u y",
    "fr": "à après au aux avant avec chez comme contre dans de des du en entre et ou par pour sans "
    "selon sous sur vers d’",
    "it": "a ad al alla alle allo ai agli come con contro da dal dalla de dei del della delle "
    "dello di e ed fra in nel nella o per senza sopra sotto su sul sulla tra d’ dell’ all’ nell’",
    "nb": "av etter for fra før i med mellom mot og om over på som til under ved",
    "nl": "aan als bij door en in met na naar of om onder op over tegen tot tussen uit van voor "
    "zonder",
    "pt": "a à ao aos às com como contra da das de do dos e em entre na nas no nos ou para pela "
    "pelo por sem sob sobre",
    "sv": "av efter för från före i med mellan mot och om på som till under vid över",
}
"""Prepositions and conjunctions that do not count at the beginning of a sub-heading."""

AL = (
    "(?:[ae]l|[ae](?P<sun>[dnrstzḍṣṭẓ])(?=[-‐‑](?P=sun))|[ae](?P<two>dh|sh|th)(?=[-‐‑](?P=two)))"
    "[-‐‑](?=\\w)|ال(?!له\\b)(?=\\w{2})"
)
"""The Arabic article, before a sun letter as it is spoken: al-Ghazālī, el-Hakim, ash-Shāfiʿī."""
