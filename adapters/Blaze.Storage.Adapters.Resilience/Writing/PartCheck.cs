namespace Blaze.Storage.Adapters.Resilience.Writing;

/// <summary>Compares a content that comes in pieces with the parts it should be made of.</summary>
internal sealed class PartCheck(IReadOnlyList<PartPrint> parts)
{
    private int _part;
    private long _done;
    private uint _crc = uint.MaxValue;

    /// <summary>Takes the next piece; false as soon as a part is known to be another one.</summary>
    public bool Fits(ReadOnlySpan<byte> piece)
    {
        while (!piece.IsEmpty)
        {
            if (_part == parts.Count)
                return false;
            var taken = piece[..(int)Math.Min(piece.Length, parts[_part].Length - _done)];
            _crc = PartPrint.Add(_crc, taken);
            _done += taken.Length;
            piece = piece[taken.Length..];
            if (_done == parts[_part].Length && !EndPart())
                return false;
        }

        return true;
    }

    private bool EndPart()
    {
        var fits = _crc == parts[_part].Crc;
        (_part, _done, _crc) = (_part + 1, 0, uint.MaxValue);
        return fits;
    }
}
