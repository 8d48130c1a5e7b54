// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {CapacityToken} from "../onramp/CapacityToken.sol";

/// @title Capacity: hours (or kilowatt-hours) of attested machines as ERC-20
/// @notice One token per class; its id is keccak256 of the class name ("host-hour", "NVIDIA H200 GPU-hour"). One token
/// (1e18 base units) is one unit for one hour. How many units a deed has of a class is the attested figure whose subject
/// is the class id. A position is what one deed has issued of one class. At any time, after {settle}, what is outstanding
/// of a position is at most its units, and those attested now, times the hours that are left of its term.
interface ICapacityIssuer {
    /// @param owner Who had it issued; his tokens lapse first.
    /// @param units Whole units.
    /// @param start First second of the term.
    /// @param end First second after the term.
    /// @param minted Base units minted at the beginning.
    /// @param redeemed Base units used.
    /// @param lapsed Base units burned because their time passed.
    struct Position {
        address owner;
        uint48 start;
        uint48 end;
        uint128 units;
        uint128 minted;
        uint128 redeemed;
        uint128 lapsed;
    }

    event ClassCreated(bytes32 indexed capacityClass, address token, string name);
    event CapacityIssued(
        uint256 indexed deedId,
        bytes32 indexed capacityClass,
        address indexed owner,
        uint256 units,
        uint48 start,
        uint48 end,
        uint256 amount
    );
    event CapacityRedeemed(
        uint256 indexed deedId, bytes32 indexed capacityClass, address indexed holder, uint256 amount
    );
    event CapacityLapsed(uint256 indexed deedId, bytes32 indexed capacityClass, uint256 amount, uint256 fromOwner);
    event PositionClosed(uint256 indexed deedId, bytes32 indexed capacityClass);

    error UnknownClass(bytes32 capacityClass);
    error EmptyName();
    error NotDeedOwner(uint256 deedId, address caller);
    error DeedNotLive(uint256 deedId);
    error NotAttested(uint256 deedId);
    error UnitsAboveAttested(uint256 units, uint256 attested);
    error TermBeyondAttestation(uint256 end, uint256 validUntil);
    error PositionOpen(uint256 deedId, bytes32 capacityClass);
    error NoPosition(uint256 deedId, bytes32 capacityClass);
    error NothingIssued();
    error MoreThanOutstanding(uint256 amount, uint256 outstanding);

    /// @notice Makes the token of a class. Anyone; the same name always gives the same class and address.
    function createClass(string calldata name) external returns (bytes32 capacityClass, address token);

    /// @notice Locks the deed and mints `units × term / 1 hour` tokens (rounded down) to its owner, who must call it.
    /// @param units Whole units, at most the attested figure of the class.
    /// @param term Seconds from now; must end within the attestation's validity.
    function issue(uint256 deedId, bytes32 capacityClass, uint128 units, uint48 term) external returns (uint256 amount);

    /// @notice Uses `amount` base units of the caller's tokens at this deed: burns them.
    function redeem(uint256 deedId, bytes32 capacityClass, uint256 amount) external;

    /// @notice Burns what the passing of time, or a lower attested figure, has made undeliverable: of the issuing owner's tokens first, then of all
    /// holders of the class in proportion. Closes the position once nothing is outstanding. Anyone.
    function settle(uint256 deedId, bytes32 capacityClass) external returns (uint256 lapsed);

    /// @notice Lets only listed accounts hold a class's token, or anybody. Governance only.
    function switchAllowList(bytes32 capacityClass, bool on) external;

    /// @notice Lists or unlists a holder of a class's token. Governance only.
    function setAllowed(bytes32 capacityClass, address account, bool allowed) external;

    /// @notice Sets how many base units of a holder's balance are frozen (ERC-7943). Governance only.
    function setFrozenTokens(bytes32 capacityClass, address account, uint256 amount) external;

    /// @notice Moves base units of a class's token without their holder's consent (ERC-7943). Governance only.
    function forcedTransfer(bytes32 capacityClass, address from, address to, uint256 amount) external;

    /// @notice Token of a class; zero where there is none.
    function tokenOf(bytes32 capacityClass) external view returns (CapacityToken);

    /// @notice A position; all zero where there is none.
    function positionOf(uint256 deedId, bytes32 capacityClass) external view returns (Position memory);

    /// @notice Base units outstanding of a position, and how many its remaining term can still deliver (rounded down).
    function outstanding(uint256 deedId, bytes32 capacityClass)
        external
        view
        returns (uint256 amount, uint256 deliverable);

    /// @notice Units of a class attested for a deed now; 0 where the deed is not attested.
    function attestedUnits(uint256 deedId, bytes32 capacityClass) external view returns (uint256);

    /// @notice Positions open on a deed.
    function openPositions(uint256 deedId) external view returns (uint256);
}
