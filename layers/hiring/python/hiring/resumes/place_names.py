"""Names of countries, regions and cities, folded: enough to tell a place from a title or an employer."""

from __future__ import annotations

from hiring.resumes.word_lists import names

COUNTRIES = names("""
    afghanistan, albania, algeria, ar, argentina, armenia, at, au, australia, austria, azerbaijan, bahrain,
    bangladesh, belarus, belgium, bolivia, bosnia and herzegovina, br, brasil, brazil, bulgaria, cambodia,
    cameroon, canada, ch, chile, china, cl, cn, co, colombia, costa rica, croatia, cuba, cyprus, czech
    republic, czechia, de, denmark, deutschland, dk, dominican republic, ecuador, egypt, el salvador, england,
    es, espana, estonia, ethiopia, fi, finland, fr, france, gb, georgia, germany, ghana, great britain,
    greece, guatemala, hk, honduras, hong kong, hungary, iceland, ie, india, indonesia, iran, iraq, ireland,
    israel, it, italia, italy, jamaica, japan, jordan, jp, kazakhstan, ke, kenya, korea, kr, kuwait, latvia,
    lebanon, lithuania, luxembourg, malaysia, malta, mexico, moldova, mongolia, morocco, mx, nederland, nepal,
    netherlands, new zealand, ng, nicaragua, nigeria, nl, no, northern ireland, norway, nz, oman, osterreich,
    pakistan, panama, paraguay, peru, philippines, pl, poland, portugal, pt, puerto rico, qatar, remote, ro,
    romania, russia, rwanda, saudi arabia, schweiz, scotland, se, senegal, serbia, sg, singapore, slovakia,
    slovenia, south africa, south korea, spain, sri lanka, suisse, sweden, switzerland, syria, taiwan,
    tanzania, thailand, the netherlands, tunisia, turkey, turkiye, uae, uganda, uk, ukraine, united arab
    emirates, united kingdom, united states, united states of america, uruguay, us, usa, uzbekistan,
    venezuela, vietnam, wales, worldwide, yemen, za, zambia, zimbabwe
""")
"""In English and in their own language, with common codes."""
REGIONS = names("""
    alabama, alaska, alberta, arizona, arkansas, bavaria, bayern, british columbia, california, catalonia,
    cataluna, colorado, connecticut, delaware, delhi, florida, georgia, gujarat, haryana, hawaii, hessen,
    idaho, ile de france, illinois, indiana, iowa, kansas, karnataka, kentucky, kerala, louisiana,
    maharashtra, maine, manitoba, maryland, massachusetts, michigan, minnesota, mississippi, missouri,
    montana, nebraska, nevada, new hampshire, new jersey, new mexico, new south wales, new york, north
    carolina, north dakota, nova scotia, ohio, oklahoma, ontario, oregon, pennsylvania, punjab, quebec,
    queensland, rhode island, sachsen, saskatchewan, south carolina, south dakota, tamil nadu, telangana,
    tennessee, texas, utah, uttar pradesh, vermont, victoria, virginia, washington, west bengal, west
    virginia, wisconsin, wyoming
""")
"""States and provinces that resumes name without their country."""
CITIES = names("""
    abuja, accra, addis ababa, albany, albuquerque, amman, amsterdam, anchorage, ankara, antwerp, arlington,
    athens, atlanta, auckland, austin, baltimore, bangalore, bangkok, barcelona, basel, baton rouge, beijing,
    beirut, belfast, belgrade, bellevue, belo horizonte, bengaluru, berlin, bern, bilbao, birmingham, bogota,
    boise, bologna, bordeaux, boston, boulder, brasilia, bratislava, brisbane, bristol, brooklyn, brussels,
    bucharest, bucuresti, budapest, buenos aires, buffalo, cairo, calgary, cali, cambridge, cape town,
    caracas, cardiff, casablanca, charleston, charlotte, chennai, chicago, cincinnati, cleveland, cluj, cluj
    napoca, cologne, columbus, copenhagen, cupertino, curitiba, dallas, delhi, denver, des moines, detroit,
    doha, dubai, dublin, durham, dusseldorf, edinburgh, edmonton, eindhoven, el paso, essen, eugene, florence,
    fort worth, frankfurt, fresno, geneva, genoa, ghent, glasgow, gothenburg, graz, greensboro, guadalajara,
    gurgaon, halifax, hamburg, hanoi, hanover, hartford, havana, helsinki, ho chi minh city, hong kong,
    honolulu, houston, hyderabad, iasi, ibadan, indianapolis, irvine, istanbul, jacksonville, jakarta,
    jerusalem, johannesburg, kampala, kansas city, karachi, kiev, kingston, kolkata, koln, krakow, kuala
    lumpur, kuwait city, kyiv, lagos, lahore, las vegas, leeds, leicester, leipzig, lille, lima, linz, lisboa,
    lisbon, liverpool, ljubljana, london, long beach, los angeles, louisville, lyon, madison, madrid, malaga,
    manama, manchester, manhattan, manila, marseille, medellin, melbourne, memphis, menlo park, mexico city,
    miami, milan, milano, milwaukee, minneapolis, mobile, monterrey, montevideo, montreal, moscow, mountain
    view, mumbai, munchen, munich, muscat, nairobi, nantes, naples, napoli, nashville, new delhi, new orleans,
    new york, new york city, newcastle, nice, noida, norfolk, nottingham, nuremberg, oakland, oklahoma city,
    omaha, orlando, oslo, ottawa, oxford, palo alto, paris, perth, philadelphia, phoenix, pittsburgh, plano,
    portland, porto, porto alegre, prague, providence, pune, quebec city, quito, raleigh, recife, redmond,
    richmond, riga, rio de janeiro, riyadh, rochester, roma, rome, rotterdam, sacramento, salt lake city,
    salzburg, san antonio, san diego, san francisco, san jose, san juan, san mateo, santa clara, santiago, sao
    paulo, savannah, seattle, seoul, seville, shanghai, sheffield, shenzhen, singapore, sofia, southampton,
    spokane, st louis, stockholm, strasbourg, stuttgart, sunnyvale, sydney, syracuse, tacoma, taipei, tallinn,
    tampa, tel aviv, the hague, tijuana, timisoara, tokyo, toronto, toulouse, tucson, tulsa, tunis, turin,
    utrecht, valencia, vancouver, venice, vienna, vilnius, warsaw, washington, wien, winnipeg, wroclaw,
    zagreb, zaragoza, zurich
""")
"""Large cities, and those where many employers are."""
