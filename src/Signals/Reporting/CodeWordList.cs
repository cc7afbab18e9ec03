namespace Breakwater.Signals.Reporting;

/// <summary>256 everyday words, one for each octet. Their order is part of the format: a code word reads as its octets.</summary>
internal static class CodeWordList
{
    public static IReadOnlyList<string> Words { get; } =
        """
            acorn actor agent alarm album amber angle ankle apple apron arch arena armor arrow atlas attic
            bacon badge bagel baker bamboo banjo barn basil basin basket beach beacon beard beaver bench berry
            bicycle birch bishop blanket boat bonnet border bottle bowl branch bread brick bridge broom brush bucket
            butter button cabin cactus camel camera canal candle canoe canvas carbon cargo carpet carrot castle cedar
            cement chair chalk cheese cherry chest circle citrus clay clock cloud clover coat cobalt cocoa coffee
            comet copper coral cork corner cotton cousin crane crater cricket crown crystal curtain cushion daisy dancer
            dawn delta desert diamond dolphin donkey door dragon drum eagle earth echo elbow ember engine envelope
            falcon farmer feather fence fern ferry fiddle field finger flag flame flute forest fossil fountain fox
            galaxy garden garlic gate ginger glacier glove goat gold grape gravel guitar hammer harbor harp harvest
            hazel helmet heron hill honey horse hotel igloo ink iris iron island ivory ivy jacket jaguar
            jasmine jelly jewel jungle kettle kitchen kite ladder lagoon lake lamp lantern lemon leopard letter lily
            linen lion lizard lobster locket lotus magnet mango maple marble market meadow melon mirror mitten moon
            mosaic moss motor mountain mule museum music napkin needle nest nickel noodle north nutmeg oasis ocean
            olive onion opal orange orchid otter owl oyster paddle palm panda paper parrot peach pearl pebble
            pencil pepper piano pigeon pillow pine planet plum pocket pony potato prairie puzzle quartz quilt rabbit
            radish raven ribbon river robin rocket saddle salmon sandal scarf silver spoon squirrel stable star stone
            """.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
}
