"""English words for places on the body, articles, colours and brands, and our codes.

Our own table, made for reading NamUs. A phrase that is not here is not lost: the words
stand whole beside the empty code.
"""

from casework.imports.profiles.lexicon import Lexicon

SITES = Lexicon.of(
    {
        "shoulder_blade": "shoulder blade,shoulderblade,scapula",
        "shoulder": "shoulder,deltoid",
        "collarbone": "collar bone,collarbone,clavicle",
        "forearm": "forearm,fore arm,lower arm,lower left arm,lower right arm,lower l arm,"
        "lower r arm,f arm",
        "upper_arm": "upper arm,upper left arm,upper right arm,upper l arm,upper r arm,bicep,"
        "biceps,tricep,triceps",
        "armpit": "armpit,arm pit,axilla",
        "elbow": "elbow",
        "wrist": "wrist",
        "thumb": "thumb",
        "index_finger": "index finger,forefinger",
        "middle_finger": "middle finger",
        "ring_finger": "ring finger",
        "little_finger": "little finger,pinky finger,pinky,small finger",
        "fingernail": "fingernail,finger nail",
        "finger": "finger,knuckle,fgr",
        "palm": "palm",
        "hand": "hand,hnd",
        "toenail": "toenail,toe nail",
        "big_toe": "big toe,great toe",
        "toe": "toe",
        "heel": "heel",
        "sole": "sole",
        "ankle": "ankle,ankl",
        "calf": "calf,calve",
        "shin": "shin",
        "knee": "knee,patella",
        "thigh": "thigh,upper leg,upper left leg,upper right leg",
        "foot": "foot,feet",
        "leg": "leg,lower leg",
        "buttock": "buttock,butt",
        "hip": "hip",
        "groin": "groin,inguinal,pubic",
        "genitals": "genital,penis,circumcised,uncircumcised,vagina",
        "navel": "navel,belly button,bellybutton,umbilicus",
        "abdomen": "abdomen,abdominal,stomach,belly,appendix",
        "ribs": "rib,rib cage,ribcage",
        "breast": "breast,nipple",
        "chest": "chest,sternum,torso",
        "lower_back": "lower back,small of back,small of the back,lumbar",
        "upper_back": "upper back,upper left back,upper right back",
        "nape": "back of neck,back of the neck,back of his neck,back of her neck,nape",
        "throat": "throat",
        "neck": "neck",
        "back": "back",
        "earlobe": "earlobe,ear lobe",
        "ear": "ear",
        "eyebrow": "eyebrow,eye brow,brow",
        "eyelid": "eyelid,eye lid",
        "eye": "eye",
        "nostril": "nostril",
        "nose": "nose,nasal",
        "cheek": "cheek",
        "lip": "lip",
        "tongue": "tongue",
        "tooth": "tooth,teeth,denture,dental,incisor,molar,canine",
        "mouth": "mouth",
        "chin": "chin",
        "jaw": "jaw,mandible",
        "temple": "temple",
        "forehead": "forehead,fore head",
        "scalp": "scalp",
        "face": "face,facial",
        "head": "head,back of head,back of the head,skull,cranium",
        "arm": "arm,humerus",
        "side": "flank",
        "whole_body": "entire body,whole body,full body,all over body,all over the body",
        "": "back of,back side",
    }
)

SIDES = Lexicon.of(
    {
        "left": "left,lft,lf,l",
        "right": "right,rt,rgt,r",
        "both": "both,bilateral,each",
        "middle": "mid,middle,midline,center,centre,central",
    }
)

ITEMS = Lexicon.of(
    {
        "t_shirt": "t shirt,tee shirt,tshirt,tee",
        "polo_shirt": "polo,polo shirt,polo style shirt",
        "sweatshirt": "sweatshirt,sweat shirt,hoodie,hoody,hooded sweatshirt",
        "undershirt": "undershirt,under shirt",
        "tank_top": "tank top,tank,halter,halter top,camisole",
        "blouse": "blouse",
        "sweatpants": "sweatpants,sweat pants,jogging pants,track pants,sweats",
        "pyjamas": "pajama,pyjama,pajama pants,pajama bottoms,nightgown,night shirt,robe",
        "underpants": "underwear,underpants,undershorts,boxer,boxer shorts,boxer briefs,"
        "briefs,jockey shorts,panties,panty,under shorts",
        "shorts": "shorts",
        "jeans": "jeans,blue jean,denims,levi jeans,levi's jeans,levi's,levis,jean pants",
        "trousers": "pants,trouser,slacks,khakis,chinos,overalls,coveralls,dress pants,"
        "denim pants",
        "leggings": "leggings,stretch pants",
        "skirt": "skirt",
        "dress": "dress,dresses,sundress",
        "sweater": "sweater,cardigan,pullover,turtleneck",
        "rainwear": "rain coat,raincoat,poncho,rain jacket",
        "jacket": "jacket,windbreaker,blazer,parka,jean jacket,suit jacket,sport coat",
        "coat": "coat",
        "vest": "vest",
        "uniform": "uniform,scrubs",
        "suit": "suit,sweat suit,jogging suit",
        "swimwear": "swimsuit,swim suit,swim trunks,swimming trunks,bikini,bathing suit",
        "shirt": "shirt,top,dress shirt,work shirt",
        "bra": "bra,brassiere",
        "tights": "tights,pantyhose,panty hose,stocking,nylons",
        "socks": "sock",
        "belt": "belt,suspender",
        "sneakers": "tennis shoe,athletic shoe,running shoe,gym shoe,basketball shoe,"
        "sport shoe,jogging shoe,sneaker,tennis",
        "boots": "boot",
        "sandals": "sandal,flip flop,flipflop,huaraches",
        "slippers": "slipper,house shoe",
        "shoes": "shoe,loafer,heels,moccasin,pumps,oxfords,dress shoe",
        "cap": "cap,baseball cap,ball cap,beanie,visor",
        "hat": "hat,sombrero",
        "scarf": "scarf,scarves,shawl",
        "bandana": "bandana,bandanna,do rag,handkerchief",
        "gloves": "glove,mittens",
        "tie": "tie,necktie,neck tie",
        "sunglasses": "sunglasses,sun glasses,sunglasse",
        "contact_lenses": "contacts,contact lens,contact lenses",
        "glasses": "glasses,eyeglasses,eye glasses,spectacles,bifocals,reading glasses",
        "watch": "watch,watches,wristwatch,wrist watch,wristwatches",
        "wedding_ring": "wedding ring,wedding band,engagement ring,gold wedding band",
        "ring": "ring",
        "rosary": "rosary,rosaries,rosary beads",
        "religious_image": "crucifix,scapular,medallion,medal",
        "pendant": "pendant,charm,locket",
        "chain": "chain",
        "necklace": "necklace,choker",
        "bracelet": "bracelet,anklet,ankle bracelet,bangle",
        "earring": "earring,ear ring,ear stud,stud,hoops,stud earring,hoop earring",
        "backpack": "backpack,back pack,rucksack,knapsack",
        "handbag": "purse,handbag,hand bag,pocketbook,pocket book",
        "bag": "bag,luggage,suitcase,suit case,briefcase,fanny pack,duffel bag",
        "wallet": "wallet,billfold",
        "phone": "phone,cell phone,cellphone,iphone,mobile phone",
        "document": "identification,driver's license,drivers license,passport,id card",
        "photograph": "photo,photograph",
        "money": "money,cash,coin,currency",
        "keys": "key,key ring,keyring,key chain,keychain,car key,house key",
        "medicine": "medication,medicine,pills",
        "water_bottle": "water bottle,water jug,canteen",
        "blanket": "blanket,sleeping bag,bed sheet,bedsheet,towel",
        "knife": "knife,knives,pocket knife",
        "lighter": "lighter,cigarette lighter,matches",
        "cosmetics": "lipstick,makeup,make up,comb,hairbrush,hair brush",
    }
)
CARRIED = frozenset(
    {"backpack", "handbag", "bag", "wallet", "phone", "document", "photograph", "money",
     "keys", "medicine", "water_bottle", "blanket", "knife", "lighter", "cosmetics"}
)  # fmt: skip

COLOURS = Lexicon.of(
    {
        "dark_blue": "dark blue,navy blue,navy,dark colored blue",
        "light_blue": "light blue,sky blue,baby blue,powder blue",
        "blue": "blue,royal blue",
        "dark_green": "dark green,forest green,army green,hunter green,olive green,olive",
        "green": "green",
        "turquoise": "turquoise,teal,aqua",
        "dark_red": "maroon,burgundy,dark red,wine",
        "red": "red",
        "black": "black,blk",
        "white": "white,wht,off white",
        "grey": "grey,gray,charcoal,dark gray,dark grey,light gray,light grey",
        "brown": "brown,brn,dark brown,light brown",
        "beige": "beige,tan,khaki,cream",
        "pink": "pink",
        "orange": "orange",
        "yellow": "yellow",
        "purple": "purple,lavender,violet",
        "gold": "gold,white gold,yellow gold",
        "silver": "silver",
        "camouflage": "camo,camouflage",
        "several": "multi,multi colored,multicolored,multi color,plaid,tie dye,tie dyed",
        "transparent": "clear,transparent",
    }
)

BRANDS = Lexicon.of(
    {
        **{
            name.replace(" ", "_"): name
            for name in (
                "nike", "adidas", "wrangler", "reebok", "hanes", "fruit of the loom", "jockey",
                "old navy", "converse", "puma", "vans", "timberland", "carhartt", "dickies",
                "guess", "tommy hilfiger", "calvin klein", "new balance", "fila", "jordan",
                "north face", "columbia", "champion", "under armour", "seiko", "timex",
                "casio", "bulova", "skechers", "asics", "rustler", "gitano", "lacoste",
                "ralph lauren", "faded glory", "route 66", "keds", "hollister", "aeropostale",
                "american eagle", "abercrombie",
            )
        },
        "levis": "levi,levi's,levis,levi strauss",
        "ll_bean": "ll bean,l l bean",
    }
)  # fmt: skip
"""`lee`, `gap` and `george` are left out: they are names and words as well as brands."""
